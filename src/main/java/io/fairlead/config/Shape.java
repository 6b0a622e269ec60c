package io.fairlead.config;

import io.fairlead.settings.ChoiceOf;
import io.fairlead.settings.Default;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A settings record as a table of the file sees it: a key per component.
 *
 * @param type the record
 * @param keys in the order of the components
 */
record Shape(Class<?> type, List<Key> keys) {
    /**
     * A component.
     *
     * @param name in snake_case
     * @param type of the value
     * @param defaultText what an absent key stands for, as written in the file
     * @param spi for a choice: what it chooses from
     */
    record Key(String name, Type type, Optional<String> defaultText, Optional<Class<?>> spi) {
        private static Key of(RecordComponent component) {
            return new Key(
                    snakeCase(component.getName()),
                    component.getGenericType(),
                    Optional.ofNullable(component.getAnnotation(Default.class)).map(Default::value),
                    Optional.ofNullable(component.getAnnotation(ChoiceOf.class)).map(ChoiceOf::value));
        }

        private static String snakeCase(String name) {
            return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
        }
    }

    private static final ClassValue<Shape> SHAPES = new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
            return new Shape(
                    type, Arrays.stream(type.getRecordComponents()).map(Key::of).toList());
        }
    };

    static Shape of(Class<?> type) {
        return SHAPES.get(type);
    }

    List<String> names() {
        return keys.stream().map(Key::name).toList();
    }

    /**
     * The record with these values, one per key.
     *
     * @throws IllegalArgumentException if its constructor refuses them
     */
    Object make(Object[] values) {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refusal) {
                throw refusal;
            }
            throw new IllegalStateException(type.getName() + " cannot be made: " + e.getCause(), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName() + " cannot be made", e);
        }
    }

    /** What {@link #make} was given, or what the constructor made of it. */
    Object[] values(Object settings) {
        return Arrays.stream(type.getRecordComponents())
                .map(component -> call(component.getAccessor(), settings))
                .toArray();
    }

    /** What a method without parameters of a settings record gives. */
    static Object call(Method method, Object settings) {
        try {
            method.setAccessible(true);
            return method.invoke(settings);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(method + " cannot be called", e);
        }
    }
}
