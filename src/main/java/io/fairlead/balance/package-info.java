/**
 * Layer 2: the SPI of choosing. A strategy turns the present candidates into a picker (control context); the picker
 * answers per request (any event loop). Pure Java: no I/O, no clock or randomness but what is handed in.
 *
 * <p>A plug-in implements {@link io.fairlead.balance.StrategyProvider} and names itself in META-INF/services.
 */
@NullMarked
package io.fairlead.balance;

import org.jspecify.annotations.NullMarked;
