package io.fairlead.config;

import io.fairlead.settings.Durations;
import io.fairlead.settings.Kebab;
import io.fairlead.settings.Output;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Values from their written form: texts, numbers, booleans, durations, paths, enums in kebab-case, and every type with a
 * public static {@code parse(String)}, whose {@code toString()} has to give the text back; lists of these for
 * {@code @Default}.
 */
final class Texts {

    private static final ClassValue<Optional<Method>> PARSERS = new ClassValue<>() {
        @Override
        protected Optional<Method> computeValue(Class<?> type) {
            return Optional.ofNullable(method(type, "parse", type, String.class));
        }
    };

    private static final ClassValue<List<String>> WORDS = new ClassValue<>() {
        @Override
        protected List<String> computeValue(Class<?> type) {
            return wordsOf(type);
        }
    };

    private final ConsultedFiles files;

    Texts(ConsultedFiles files) {
        this.files = files;
    }

    /**
     * Reads a text as a value of a type.
     *
     * @throws IllegalArgumentException if it is none; the message is {@code "text" (expected: rule)}
     * @throws IllegalStateException if values of this type have no written form
     */
    Object read(Type type, String text) {
        if (type instanceof ParameterizedType generic) {
            return collection(generic, text);
        }
        Class<?> wanted = (Class<?>) type;
        if (wanted == String.class) {
            return text;
        }
        if (wanted == Duration.class) {
            return Durations.parse(text);
        }
        if (wanted == Path.class) {
            return text.isEmpty() ? Path.of("") : files.find(text); // an empty path: no file
        }
        if (wanted.isPrimitive()) {
            return primitive(wanted, text);
        }
        Object value = wanted.isEnum() ? constant(wanted, text) : parsed(wanted, text);
        return value instanceof Output output ? output.in(files.directory()) : value;
    }

    /** The method that reads the written form of a type's values; null: there is none. */
    static @Nullable Method parser(Class<?> type) {
        return PARSERS.get(type).orElse(null);
    }

    private static @Nullable Method method(Class<?> type, String name, Class<?> result, Class<?>... parameters) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> method.getName().equals(name)
                        && Modifier.isStatic(method.getModifiers())
                        && Modifier.isPublic(method.getModifiers())
                        && method.getReturnType() == result
                        && Arrays.equals(method.getParameterTypes(), parameters))
                .findFirst()
                .orElse(null);
    }

    /**
     * The words that values of a type are written as, to find the one that was meant: an enum's constants, or what the type's
     * public static {@code words()} says; none for other types.
     */
    static List<String> words(Type type) {
        return type instanceof Class<?> wanted ? WORDS.get(wanted) : List.of();
    }

    private static List<String> wordsOf(Class<?> type) {
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants()).map(Texts::word).toList();
        }
        Method words = method(type, "words", List.class);
        return words == null
                ? List.of()
                : ((List<?>) call(words)).stream().map(String.class::cast).toList();
    }

    private static String word(Object constant) {
        return Kebab.of((Enum<?>) constant);
    }

    private Object collection(ParameterizedType type, String text) {
        Type element = type.getActualTypeArguments()[0];
        if (type.getRawType() == Map.class && text.isEmpty()) {
            return Map.of();
        }
        List<Object> elements = new ArrayList<>();
        if (!text.isEmpty()) {
            Arrays.stream(text.split(",", -1)).forEach(part -> elements.add(read(element, part.strip())));
        }
        if (type.getRawType() == List.class) {
            return List.copyOf(elements);
        }
        if (type.getRawType() == Set.class) {
            return new LinkedHashSet<>(elements);
        }
        throw noWrittenForm(type);
    }

    private static Object primitive(Class<?> type, String text) {
        if (type == boolean.class) {
            if (text.equals("true") || text.equals("false")) {
                return text.equals("true");
            }
            throw refusal(text, "true or false");
        }
        try {
            if (type == int.class) {
                return Integer.valueOf(text);
            }
            if (type == long.class) {
                return Long.valueOf(text);
            }
            if (type == double.class && text.matches("[+-]?\\d+(\\.\\d+)?")) {
                return Double.valueOf(text);
            }
        } catch (NumberFormatException e) {
            long least = type == int.class ? Integer.MIN_VALUE : Long.MIN_VALUE;
            throw new IllegalArgumentException(
                    text + " (expected: a whole number from " + least + " to " + -(least + 1) + ")");
        }
        throw type == double.class ? refusal(text, "a number") : noWrittenForm(type);
    }

    private static Object constant(Class<?> type, String text) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> word(constant).equals(text))
                .findFirst()
                .orElseThrow(() -> refusal(text, "one of " + String.join(", ", words(type))));
    }

    private static Object parsed(Class<?> type, String text) {
        Method parser = parser(type);
        if (parser == null) {
            throw noWrittenForm(type);
        }
        return call(parser, text);
    }

    private static Object call(Method method, Object... arguments) {
        try {
            method.setAccessible(true);
            return method.invoke(null, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refusal) {
                throw refusal;
            }
            if (e.getCause() instanceof StackOverflowError) {
                throw new IllegalArgumentException("too long or too deep to be understood", e);
            }
            throw new IllegalStateException(method + " failed", e);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(method + " cannot be called", e);
        }
    }

    private static IllegalArgumentException refusal(String text, String expected) {
        return new IllegalArgumentException("\"" + text + "\" (expected: " + expected + ")");
    }

    private static IllegalStateException noWrittenForm(Type type) {
        return new IllegalStateException(type.getTypeName() + " has no written form");
    }
}
