package aio.core.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTest {

    /** An object whose text the test chooses. */
    private record Foreign(Text text) {
        interface Text {
            String make() throws Throwable;
        }

        @Override
        public String toString() {
            try {
                return text.make();
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new AssertionError(e);
            }
        }
    }

    @Test
    void plainText_isTheSameObject() {
        String plain = "a callback of größe 日本 \"quoted\"";

        assertThat(Text.clean(plain)).isSameAs(plain);
        assertThat(Text.of(new Foreign(() -> plain))).isSameAs(plain);
        assertThat(Text.of(null)).isEqualTo("null");
    }

    @Test
    void toStringThatFails_isReplacedByTheClass() {
        for (Throwable failure : List.of(new IllegalStateException("no"), new AssertionError(), new OutOfMemoryError(),
                new StackOverflowError(), new ThreadDeath())) {
            assertThat(Text.of(new Foreign(() -> {
                        throw failure;
                    })))
                    .isEqualTo(Foreign.class.getName() + " (its toString fails: " + failure.getClass().getName() + ")");
        }
    }

    @Test
    void toStringThatNeverEnds_isReplacedByTheClass() {
        Object endless = new Object() {
            @Override
            public String toString() {
                return "<" + this + ">";
            }
        };

        assertThat(Text.of(endless)).contains("toString fails: java.lang.StackOverflowError");
    }

    @Test
    void toStringThatReturnsNull_isReplacedByTheClass() {
        assertThat(Text.of(new Foreign(() -> null)))
                .isEqualTo(Foreign.class.getName() + " (its toString returns null)");
    }

    @Test
    void control_isEscaped() {
        assertThat(Text.clean("a\r\nb\tc\u001b[2Jd\u0000e\u007ff\u0085g\u2028h\u202ei"))
                .isEqualTo("a\\r\\nb\\tc\\u001b[2Jd\\u0000e\\u007ff\\u0085g\\u2028h\\u202ei");
    }

    @Test
    void longText_isCut() {
        String text = Text.clean("x".repeat(3000));

        assertThat(text).hasSizeLessThan(1100).endsWith("x... (2000 more)");
    }
}
