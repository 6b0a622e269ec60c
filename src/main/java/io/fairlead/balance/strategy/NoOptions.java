package io.fairlead.balance.strategy;

/** For strategies that have nothing to set. */
public record NoOptions() {}
