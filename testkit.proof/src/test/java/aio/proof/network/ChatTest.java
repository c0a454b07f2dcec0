package aio.proof.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import aio.testkit.VirtualLoops;
import aio.testkit.junit.TestOnSeeds;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** Six hours of a chat, in bad weather. */
@Timeout(120)
class ChatTest {
    private static final String PROPERTY = "aio.testkit.seed";
    private static final int SEEDS = 20;
    private static final Pattern TOLD = Pattern.compile("with seed (\\d+), which .*", Pattern.DOTALL);

    @AfterEach
    void forgetTheSeed() {
        System.clearProperty(PROPERTY);
    }

    /** A member as it should be. */
    static class Attentive extends Lines {
        private final Chat.Member member;

        Attentive(Chat.Member member) {
            this.member = member;
        }

        @Override
        void line(String line) {
            member.hear(line);
        }

        @Override
        public void connectionLost(@Nullable Throwable cause) {
            member.lost(this);
        }
    }

    /** Takes what comes at once for a line: that holds mostly. */
    static final class Careless extends Attentive {
        private final Chat.Member member;

        Careless(Chat.Member member) {
            super(member);
            this.member = member;
        }

        @Override
        public void dataReceived(ByteBuffer data) {
            member.hear(StandardCharsets.US_ASCII.decode(data).toString().strip());
        }
    }

    /** Tests that fail on some seeds only; run by the other ones. */
    static final class Planted {
        @TestOnSeeds(count = SEEDS)
        void carelessForNineMinutes(VirtualLoops loops) {
            Chat chat = new Chat(loops);
            chat.join("anna", Careless::new);
            chat.run(Duration.ofMinutes(9));
        }
    }

    private static Chat chat(VirtualLoops loops) {
        Chat chat = new Chat(loops);
        for (String name : List.of("anna", "bert", "carl", "dora")) {
            chat.join(name, Attentive::new);
        }
        chat.run(Duration.ofHours(6));
        return chat;
    }

    @TestOnSeeds(count = 2)
    void sixHours_inBadWeather(VirtualLoops loops) {
        Chat chat = chat(loops);
        assertThat(chat.storms()).isGreaterThan(25);
        assertThat(chat.connects()).as("with those who came again").isGreaterThan(10);
        assertThat(chat.story()).as("what all have heard").hasSizeGreaterThan(2_000);
        assertThat(chat.story()).as("at the end, too").anyMatch(line -> line.startsWith("PT5H5"));
    }

    @Test
    void sixHours_areTheSameStory_withTheSameSeed() {
        assertThat(story(3)).isEqualTo(story(3)).isNotEqualTo(story(4));
    }

    private static List<String> story(long seed) {
        try (VirtualLoops loops = VirtualLoops.seeded(seed)) {
            return chat(loops).story();
        }
    }

    private static List<String> failures() {
        Events events = EngineTestKit.engine("junit-jupiter")
                .selectors(selectMethod(Planted.class.getName(), "carelessForNineMinutes",
                        VirtualLoops.class.getName()))
                .execute().testEvents();
        assertThat(events.started().count()).isPositive();
        return events.failed().stream().flatMap(event -> event.getPayload(TestExecutionResult.class).stream())
                .flatMap(result -> result.getThrowable().stream()).map(Throwable::getMessage)
                .map(message -> message.replaceAll("@[0-9a-f]+", "@…")).toList();
    }

    @Test
    void whoTakesAPieceForALine_isFoundOnSomeSeeds_andTheSeedReplaysIt() {
        List<String> found = failures();
        assertThat(found).as("seeds that fail, of %d", SEEDS).hasSizeBetween(1, SEEDS - 1);
        for (String failure : found) {
            Matcher told = TOLD.matcher(failure);
            assertThat(told.matches()).as(failure).isTrue();
            System.setProperty(PROPERTY, told.group(1));
            assertThat(failures()).containsExactly(failure);
        }
    }
}
