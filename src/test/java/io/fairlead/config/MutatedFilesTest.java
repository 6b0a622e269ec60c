package io.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** A right file with a few characters changed by chance is accepted or refused with placed errors; nothing else happens. */
class MutatedFilesTest {
    private static final Path FILE = Path.of("src/test/resources/config/good/everything.toml");
    private static final String CHARACTERS = "\"'[]{}=,.#\\\n\t ax0-_${}:\u0000\uFEFF\r";
    private static final int MUTATIONS = 25;

    @RepeatedTest(20)
    void areAcceptedOrRefusedWithPlacedErrors(RepetitionInfo repetition) throws IOException {
        Random random = new Random(repetition.getCurrentRepetition());
        String right = Files.readString(FILE);
        for (int i = 0; i < MUTATIONS; i++) {
            StringBuilder text = new StringBuilder(right);
            for (int changes = random.nextInt(4); changes >= 0; changes--) {
                mutate(text, random);
            }
            assertPlaced(text.toString());
        }
    }

    private static void mutate(StringBuilder text, Random random) {
        int at = random.nextInt(text.length());
        char c = CHARACTERS.charAt(random.nextInt(CHARACTERS.length()));
        switch (random.nextInt(4)) {
            case 0 -> text.insert(at, c);
            case 1 -> text.setCharAt(at, c);
            case 2 -> text.deleteCharAt(at);
            default -> text.delete(at, Math.min(text.length(), at + random.nextInt(60)));
        }
    }

    private static void assertPlaced(String text) {
        long lines = text.replace("\r\n", "\n").chars().filter(c -> c == '\n').count() + 1;
        try {
            Config config = new ConfigReader(Map.of(), Scripted::implementations).read("m.toml", text, Path.of("."));
            assertThat(config.pools()).as(text).isNotEmpty();
        } catch (ConfigException refusal) {
            assertThat(refusal.problems())
                    .as(text)
                    .isNotEmpty()
                    .allSatisfy(problem -> assertThat((long) problem.line()).isBetween(0L, lines));
        }
    }
}
