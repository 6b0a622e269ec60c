package io.fairlead.settings;

import java.util.Locale;

/** The written form of constants, in files, on the command line and in answers: {@code CONNECT_FAILURE} is "connect-failure". */
public final class Kebab {
    private Kebab() {}

    /** The constant's name in small letters, with hyphens. */
    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
