package io.fairlead.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

public class ProvidersTest {
    public record NoOptions() {}

    /** An SPI of two implementations, registered for this test in the order b, a. */
    public interface Letters extends Provider<NoOptions> {
        @Override
        default Class<NoOptions> optionsType() {
            return NoOptions.class;
        }
    }

    public static final class A implements Letters {
        @Override
        public String name() {
            return "a";
        }
    }

    public static final class B implements Letters {
        @Override
        public String name() {
            return "b";
        }
    }

    /** An SPI that two implementations of one name are registered for. */
    public interface Twins extends Letters {}

    public static final class One implements Twins {
        @Override
        public String name() {
            return "twin";
        }
    }

    public static final class Other implements Twins {
        @Override
        public String name() {
            return "twin";
        }
    }

    /** An SPI that nobody implements. */
    public interface Nobody extends Letters {}

    @Test
    void findsAllByNameInOrder() {
        assertThat(Providers.of(Letters.class)).containsOnlyKeys("a", "b");
        assertThat(Providers.of(Letters.class).firstKey()).isEqualTo("a");
        assertThat(Providers.of(Nobody.class)).isEmpty();
    }

    @Test
    void findsOneByName() {
        assertThat(Providers.named(Letters.class, "b")).isInstanceOf(B.class);
    }

    @Test
    void namesTheOnesThereAreWhenAskedForAnother() {
        assertThatThrownBy(() -> Providers.named(Letters.class, "c"))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessage("Letters: c (expected: one of [a, b])");
    }

    @Test
    void refusesTwoOfOneName() {
        assertThatThrownBy(() -> Providers.of(Twins.class))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("twin: both ")
                .hasMessageContaining(One.class.getName())
                .hasMessageContaining(Other.class.getName());
    }
}
