/**
 * Layer 6: the configuration file, from text to immutable records or to every error with its line.
 * The only user of toml4j. Pure functions of their input; any thread.
 */
@NullMarked
package io.fairlead.config;

import org.jspecify.annotations.NullMarked;
