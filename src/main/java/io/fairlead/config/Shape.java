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

/** A settings record as a table of the file sees it: a key per component. One per class; immutable. */
final class Shape {
    private static final ClassValue<Shape> SHAPES = new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
            return new Shape(type);
        }
    };

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

    private final List<Key> keys;
    private final List<String> names;
    private final List<Method> accessors;
    private final Constructor<?> constructor;

    private Shape(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        keys = Arrays.stream(components).map(Key::of).toList();
        names = keys.stream().map(Key::name).toList();
        accessors = Arrays.stream(components).map(RecordComponent::getAccessor).toList();
        accessors.forEach(accessor -> accessor.setAccessible(true));
        constructor = constructor(
                type, Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
    }

    private static Constructor<?> constructor(Class<?> type, Class<?>[] parameters) {
        try {
            Constructor<?> canonical = type.getDeclaredConstructor(parameters);
            canonical.setAccessible(true);
            return canonical;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(type.getName() + " cannot be made", e); // every record has one
        }
    }

    static Shape of(Class<?> type) {
        return SHAPES.get(type);
    }

    /** In the order of the components. */
    List<Key> keys() {
        return keys;
    }

    List<String> names() {
        return names;
    }

    /**
     * The record with these values, one per key.
     *
     * @throws IllegalArgumentException if its constructor refuses them
     */
    Object make(Object[] values) {
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refusal) {
                throw refusal;
            }
            if (e.getCause() instanceof StackOverflowError) { // such as a pattern that recurses for each character
                throw new IllegalArgumentException("too long or too deep to be understood", e);
            }
            throw new IllegalStateException(name() + " cannot be made: " + e.getCause(), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(name() + " cannot be made", e);
        }
    }

    private String name() {
        return constructor.getDeclaringClass().getName();
    }

    /** What {@link #make} was given, or what the constructor made of it. */
    Object[] values(Object settings) {
        return accessors.stream().map(accessor -> call(accessor, settings)).toArray();
    }

    /** What a public method without parameters of a settings record gives. */
    static Object call(Method method, Object settings) {
        try {
            return method.invoke(settings);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(method + " cannot be called", e);
        }
    }
}
