package io.fairlead.settings;

/**
 * A named implementation, with its options.
 *
 * @param name the name that a {@link Provider} goes by
 * @param options an instance of that provider's {@link Provider#optionsType()}
 */
public record Choice(String name, Record options) {}
