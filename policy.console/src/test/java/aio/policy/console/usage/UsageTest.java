package aio.policy.console.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is read after a command, and what a shell may complete. */
class UsageTest {
    private static final Option ALL = Option.flag("all of them", "-a", "--all");
    private static final Option FOR = Option.text("for so long", "TIME", "--for");
    private static final Usage USAGE =
            Usage.of("shop", "buy", "buys something", ALL, FOR).name("what to buy", "shop:shelf");

    private static Given read(String... words) {
        return (Given) USAGE.answer(words, given -> given);
    }

    @Test
    void optionsAndArguments_areRead_inAnyOrder() {
        assertThat(read("--for", "3s", "milk", "-a")).isEqualTo(read("milk", "--all", "--for", "3s"));
        assertThat(read("milk", "--for", "--all").text(FOR)).as("any word follows").contains("--all");
        assertThat(read("--", "--all").name()).contains("--all");
    }

    @Test
    void whatItDoesNotTake_isRefused_withWhatItTakes() {
        assertThatThrownBy(() -> read("milk", "--for"))
                .hasMessage("shop:buy --for needs TIME: shop:buy [--help] [--all] [--for TIME] NAME");
        assertThatThrownBy(() -> read()).hasMessageStartingWith("shop:buy needs a name, which shop:shelf shows: ");
        assertThatThrownBy(() -> read("milk", "-x")).hasMessageStartingWith("shop:buy has no option '-x': ");
    }

    @Test
    void aName_isNext_behindOptionsAndWhatFollowsThem() {
        for (String typed : List.of("", "--all", "--for 3s", "--for 3s -a", "-a --for 3s")) {
            assertThat(USAGE.isNameNext(words(typed))).as(typed).isTrue();
        }
        for (String typed : List.of("milk", "--for", "--all milk", "--all --for")) {
            assertThat(USAGE.isNameNext(words(typed))).as(typed).isFalse();
        }
        assertThat(Usage.of("shop", "leave", "goes").isNameNext(List.of())).isFalse();
    }

    private static List<String> words(String typed) {
        return Arrays.stream(typed.split(" ")).filter(each -> !each.isEmpty()).toList();
    }
}
