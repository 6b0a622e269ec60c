package io.fairlead.settings;

/**
 * What every SPI of Fairlead has in common: a name that stands in the configuration file, and a record of options.
 *
 * @param <O> the record that the options are bound to; an empty record where there are none
 */
public interface Provider<O extends Record> {
    /** The name in the configuration file, in kebab-case; constant. */
    String name();

    /** The record whose components are the option keys, in snake_case; constant. */
    Class<O> optionsType();
}
