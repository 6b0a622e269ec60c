package io.fairlead.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a {@link Choice} component with the SPI that it chooses from. The component's own key holds the name; the keys
 * beside it in the same table that the settings record does not know are bound to the chosen provider's options.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface ChoiceOf {
    /** The SPI, whose implementations {@link Providers} finds. */
    @SuppressWarnings("rawtypes") // a class literal has no type arguments
    Class<? extends Provider> value();
}
