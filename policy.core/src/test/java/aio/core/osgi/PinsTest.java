package aio.core.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PinsTest {
    private final Storage storage = new Storage();
    private final List<@Nullable String> taken = new ArrayList<>();
    private final Pins pins = new Pins(() -> storage, taken::add);

    @Test
    void ownWriteThatArrivesLate_isNotTaken() {
        operate("a");
        operate("b");
        pins.configured("a");
        pins.configured("b");
        assertThat(taken).isEmpty();
        assertThat(storage.pin).isEqualTo("b");
    }

    @Test
    void changeFromOutside_isTakenOnce() {
        operate("a");
        storage.outside("c");
        pins.configured("c");
        pins.configured("c");
        assertThat(taken).containsExactly("c");
    }

    @Test
    void changeFromOutsideWhileTheOperatorChanges_givesWay() {
        pins.begin();
        storage.outside("c");
        pins.configured("c");
        assertThat(taken).isEmpty();
        pins.end("a");
        assertThat(storage.pin).isEqualTo("a");
        assertThat(taken).isEmpty();
    }

    @Test
    void changeFromOutsideRightAfterTheWrite_isTaken() {
        storage.afterWrite = () -> storage.outside("c");
        operate("a");
        assertThat(taken).containsExactly("c");
    }

    @Test
    void removedPin_isWritten() {
        operate("a");
        operate(null);
        assertThat(storage.pin).isNull();
    }

    @Test
    void withoutStorage_whatIsDeliveredIsTaken() {
        Pins alone = new Pins(() -> null, taken::add);
        alone.begin();
        alone.end("a");
        alone.configured("c");
        assertThat(taken).containsExactly("c");
    }

    private void operate(@Nullable String pin) {
        pins.begin();
        pins.end(pin);
    }

    /** Configuration that counts. */
    private static final class Storage implements PinStorage {
        private long count;
        private @Nullable String pin;
        private Runnable afterWrite = () -> {};

        @Override
        public Stored read() {
            return new Stored(count, pin);
        }

        @Override
        public Stored write(@Nullable String name) {
            pin = name;
            count++;
            Stored stored = new Stored(count, pin);
            Runnable then = afterWrite;
            afterWrite = () -> {};
            then.run();
            return stored;
        }

        void outside(String name) {
            pin = name;
            count++;
        }
    }
}
