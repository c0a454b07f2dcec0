package aio.core.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import aio.core.registry.Choice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChoicesTest {
    private final Storage storage = new Storage();
    private final List<Choice> taken = new ArrayList<>();
    private final Choices choices = new Choices(() -> storage, taken::add);

    @Test
    void ownWriteThatArrivesLate_isNotTaken() {
        operate("a");
        operate("b");
        choices.configured(choice("a"));
        choices.configured(choice("b"));
        assertThat(taken).isEmpty();
        assertThat(storage.choice.pin()).isEqualTo("b");
    }

    @Test
    void changeFromOutside_isTakenOnce() {
        operate("a");
        storage.outside("c");
        choices.configured(choice("c"));
        choices.configured(choice("c"));
        assertThat(taken).containsExactly(choice("c"));
    }

    @Test
    void changeFromOutsideWhileTheOperatorChanges_givesWay() {
        choices.begin();
        storage.outside("c");
        choices.configured(choice("c"));
        assertThat(taken).isEmpty();
        choices.end(choice("a"));
        assertThat(storage.choice.pin()).isEqualTo("a");
        assertThat(taken).isEmpty();
    }

    @Test
    void changeFromOutsideRightAfterTheWrite_isTaken() {
        storage.afterWrite = () -> storage.outside("c");
        operate("a");
        assertThat(taken).containsExactly(choice("c"));
    }

    @Test
    void removedPin_isWritten() {
        operate("a");
        operate(null);
        assertThat(storage.choice.pin()).isNull();
    }

    @Test
    void withoutStorage_whatIsDeliveredIsTaken() {
        Choices alone = new Choices(() -> null, taken::add);
        alone.begin();
        alone.end(choice("a"));
        alone.configured(choice("c"));
        assertThat(taken).containsExactly(choice("c"));
    }

    private static Choice choice(@Nullable String pin) {
        return Choice.of(pin, null).choice();
    }

    private void operate(@Nullable String pin) {
        choices.begin();
        choices.end(choice(pin));
    }

    /** Configuration that counts. */
    private static final class Storage implements ChoiceStorage {
        private long count;
        private Choice choice = Choice.NONE;
        private Runnable afterWrite = () -> {};

        @Override
        public Stored read() {
            return new Stored(count, choice);
        }

        @Override
        public Stored write(Choice written) {
            choice = written;
            count++;
            Stored stored = new Stored(count, choice);
            Runnable then = afterWrite;
            afterWrite = () -> {};
            then.run();
            return stored;
        }

        void outside(String name) {
            choice = ChoicesTest.choice(name);
            count++;
        }
    }
}
