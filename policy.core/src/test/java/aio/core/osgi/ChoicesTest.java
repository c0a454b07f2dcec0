package aio.core.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import aio.core.osgi.ChoiceStorage.Content;
import aio.core.registry.Choice;
import aio.core.registry.LoopConfigurations;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ChoicesTest {
    private final Storage storage = new Storage();
    private final List<Choice> taken = Collections.synchronizedList(new ArrayList<>());
    private @Nullable Storage present = storage;
    private final Choices choices = new Choices(() -> present, taken::add);

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
    void whatWasReadBeforeTheOperatorChose_isNotTaken() {
        storage.outside("c");
        storage.afterRead = () -> operate("a");
        choices.attached();
        assertThat(taken).isEmpty();
        assertThat(storage.read().choice()).isEqualTo(choice("a"));
    }

    /** Whoever only looks must not write: that could come after the operator's call has returned. */
    @Test
    @Timeout(30)
    void whatIsWrittenFromOutsideAfterTheOperatorChose_staysWritten() throws InterruptedException {
        AtomicBoolean isOver = new AtomicBoolean();
        List<Thread> lookers = new ArrayList<>();
        for (int number = 0; number < 4; number++) {
            lookers.add(new Thread(() -> {
                while (!isOver.get()) {
                    choices.attached();
                }
            }));
        }
        lookers.forEach(Thread::start);
        try {
            for (int round = 0; round < 20_000; round++) {
                operate("a" + round);
                storage.outside("b" + round);
                choices.attached();
                assertThat(storage.read().choice()).isEqualTo(choice("b" + round));
            }
        } finally {
            isOver.set(true);
            for (Thread looker : lookers) {
                looker.join();
            }
        }
    }

    @Test
    @Timeout(30)
    void operatorWhoFindsAnotherOneWriting_returnsWhenHisOwnIsWritten() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        Thread second = new Thread(() -> operate("b"));
        storage.afterWrite = () -> {
            second.start();
            awaitQuietly(goOn);
        };
        Thread first = new Thread(() -> operate("a"));
        first.start();
        while (second.getState() == Thread.State.NEW || second.getState() == Thread.State.RUNNABLE) {
            Thread.onSpinWait();
        }
        assertThat(second.getState()).isIn(Thread.State.TIMED_WAITING, Thread.State.BLOCKED);
        goOn.countDown();
        second.join();
        storage.outside("c");
        first.join();
        choices.attached();
        assertThat(storage.read().choice()).isEqualTo(choice("c"));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void operatorWhoChoosesWhileTheConfigurationIsTaken_hasTheLastWord() {
        List<Choice> registry = new ArrayList<>();
        Choices[] both = new Choices[1];
        both[0] = new Choices(() -> present, choice -> {
            if (registry.isEmpty()) {
                both[0].begin();
                both[0].end(choice("a"));
            }
            registry.add(choice);
        });
        storage.outside("c");
        both[0].attached();
        assertThat(registry).containsExactly(choice("c"), choice("a"));
        assertThat(storage.read().choice()).isEqualTo(choice("a"));
    }

    @Test
    void configurationThatIsTakenInTheMiddleOfWhatAnOperatorDoes_isFollowedByHim() {
        List<Choice> registry = new ArrayList<>();
        Choices[] both = new Choices[1];
        both[0] = new Choices(() -> present, choice -> {
            if (registry.isEmpty()) {
                both[0].begin();
            }
            registry.add(choice);
        });
        storage.outside("c");
        both[0].attached();
        assertThat(registry).containsExactly(choice("c"));
        both[0].end(choice("a"));
        assertThat(registry).containsExactly(choice("c"), choice("a"));
    }

    @Test
    void removedPin_isWritten() {
        operate("a");
        operate(null);
        assertThat(storage.choice.pin()).isNull();
    }

    @Test
    void withoutStorage_whatIsDeliveredIsTaken() {
        present = null;
        choices.configured(choice("c"));
        assertThat(taken).containsExactly(choice("c"));
        assertThat(choices.difference()).isNull();
    }

    @Test
    void whatIsChosenWithoutStorage_holds_andIsWrittenWhenOneComes() {
        storage.outside("c");
        choices.attached();
        present = null;
        operate("a");
        assertThat(choices.difference()).isEqualTo("is not written to the configuration 'aio.policy', since there is no"
                + " configuration admin; it is written when one comes");
        choices.configured(choice("c"));
        assertThat(taken).as("it was written before").containsExactly(choice("c"));
        storage.count = 0; // another one counts anew
        present = storage;
        choices.configured(choice("c"));
        choices.attached();
        assertThat(taken).containsExactly(choice("c"));
        assertThat(storage.choice).isEqualTo(choice("a"));
        assertThat(choices.difference()).isNull();
        storage.outside("d");
        choices.configured(choice("d"));
        assertThat(taken).containsExactly(choice("c"), choice("d"));
    }

    @Test
    void whatIsChosenWithAStorageThatIsDead_isWrittenToTheNextOne() {
        Storage dead = new Storage();
        dead.failure = new IllegalStateException("it has stopped");
        dead.isDead = true;
        present = dead;
        operate("a");
        assertThat(taken).isEmpty();
        present = storage;
        choices.attached();
        assertThat(storage.choice).isEqualTo(choice("a"));
        assertThat(taken).isEmpty();
    }

    @Test
    void storageThatCannotBeWritten_holdsTheChoice_andSaysTheDifference_untilItChanges() {
        storage.outside("c");
        choices.configured(choice("c"));
        storage.obstacle = "it is read-only";
        operate("a");
        assertThat(taken).containsExactly(choice("c"));
        assertThat(choices.difference()).isEqualTo("differs from the configuration 'aio.policy', which has the pin 'c',"
                + " since it is read-only; the next change of it wins");
        choices.configured(choice("c"));
        assertThat(taken).as("what did not change takes nothing back").containsExactly(choice("c"));
        storage.outside("d");
        choices.configured(choice("d"));
        assertThat(taken).containsExactly(choice("c"), choice("d"));
        assertThat(choices.difference()).isNull();
    }

    @Test
    void operatorWhoGivesWay_endsTheDifference() {
        storage.outside("c");
        choices.configured(choice("c"));
        storage.obstacle = "it is read-only";
        operate(null);
        assertThat(choices.difference()).contains("the pin 'c'");
        operate("c");
        assertThat(choices.difference()).isNull();
    }

    @Test
    void storageThatFails_inAnyWay_holdsTheChoice() {
        for (Exception failure : List.of(new IOException("no space left"), new IllegalStateException("gone"),
                new UnsupportedOperationException("read-only"))) {
            storage.failure = failure;
            operate("a");
            assertThat(taken).isEmpty();
            assertThat(choices.difference()).contains("no pin and no ranks, since it cannot be written: ",
                    failure.getMessage());
        }
        storage.failure = null;
        operate("b");
        assertThat(choices.difference()).isNull();
        assertThat(storage.choice).isEqualTo(choice("b"));
    }

    @Test
    void storageOfSomebodyElse_isNotTaken_andTheDifferenceIsSaid() {
        storage.outside("c");
        storage.content = Content.UNFIT;
        storage.obstacle = "it is bound to 'x'";
        choices.attached();
        assertThat(taken).isEmpty();
        operate("a");
        assertThat(taken).isEmpty();
        assertThat(choices.difference()).isEqualTo("differs from the configuration 'aio.policy', which is not taken,"
                + " since it is bound to 'x'; the next change of it wins");
        storage.content = Content.WHOLE;
        storage.outside("d");
        choices.configured(choice("d"));
        assertThat(taken).containsExactly(choice("d"));
    }

    @Test
    void storageThatIsEmpty_takesNothingBack_andIsWrittenToAllTheSame() {
        storage.outside("c");
        choices.configured(choice("c"));
        storage.content = Content.EMPTY;
        storage.count++;
        choices.configured(Choice.NONE);
        assertThat(taken).containsExactly(choice("c"));
        assertThat(choices.difference()).isEqualTo("differs from the configuration 'aio.policy', which is not taken,"
                + " since it has no key: file 'file:f' was empty when it was read; write the whole file, or"
                + " pin=\"\" to pin nothing; the next change of it wins");
        operate("a");
        assertThat(storage.choice).isEqualTo(choice("a"));
        storage.content = Content.WHOLE;
        storage.outside("d");
        choices.configured(choice("d"));
        assertThat(taken).containsExactly(choice("c"), choice("d"));
        assertThat(choices.difference()).isNull();
    }

    @Test
    void storageThatIsEmpty_isNoDifference_whereNothingIsWanted() {
        storage.content = Content.EMPTY;
        storage.count++;
        choices.attached();
        assertThat(taken).isEmpty();
        assertThat(choices.difference()).isNull();
    }

    @Test
    void storage_isAskedWhereItKeepsTheChoice() {
        assertThat(choices.origin()).isNull();
        operate("a");
        assertThat(choices.origin()).isEqualTo("kept with count 1");
        present = null;
        assertThat(choices.origin()).isNull();
    }

    @Test
    void storageThatComesLate_isTaken() {
        storage.outside("c");
        choices.attached();
        assertThat(taken).containsExactly(choice("c"));
    }

    private static Choice choice(@Nullable String pin) {
        return new Choice(pin, Map.of());
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
        private Runnable afterRead = () -> {};
        private @Nullable String obstacle;
        private Content content = Content.WHOLE;
        private @Nullable Exception failure;
        private boolean isDead;

        @Override
        public Stored read() {
            if (isDead) {
                throw new IllegalStateException("it has stopped");
            }
            Stored stored = stored();
            Runnable then = afterRead;
            afterRead = () -> {};
            then.run();
            return stored;
        }

        private synchronized Stored stored() {
            return new Stored(count, content == Content.WHOLE ? choice : Choice.NONE, obstacle, content, "file:f");
        }

        @Override
        public void onPassedOver(@Nullable Consumer<Map<String, Object>> action) {
            throw new AssertionError("only the component asks");
        }

        @Override
        public LoopConfigurations loops() {
            return LoopConfigurations.NONE;
        }

        @Override
        public String origin(Stored stored) {
            return "kept with count " + stored.count();
        }

        @Override
        public Stored write(Choice written) throws IOException {
            if (failure instanceof IOException io) {
                throw io;
            }
            if (failure instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            if (obstacle != null) {
                return read();
            }
            Stored stored = put(written);
            Runnable then = afterWrite;
            afterWrite = () -> {};
            then.run();
            return stored;
        }

        void outside(String name) {
            put(ChoicesTest.choice(name));
        }

        private synchronized Stored put(Choice written) {
            choice = written;
            count++;
            return new Stored(count, choice);
        }
    }
}
