package io.fairlead.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The value of a settings component whose key is absent, written as a user would write it in the file (without quotes;
 * a list's elements are separated by commas, and the empty text is the empty list or map).
 *
 * <p>A component without this annotation is required, unless it is an {@link java.util.Optional} (absent: empty) or a
 * settings record (absent: the record with all its defaults).
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Default {
    /** The text of the value. */
    String value();
}
