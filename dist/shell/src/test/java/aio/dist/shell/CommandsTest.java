package aio.dist.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How text is cut into commands, and names are guessed. */
class CommandsTest {

    @Test
    void split_atSemicolonsAndLineEnds_skipsBlanksAndComments() {
        assertThat(Commands.split("a; b c ;;\n # no; d\n  \ne")).containsExactly("a", "b c", "d", "e");
        assertThat(Commands.split("# only this")).isEmpty();
        assertThat(Commands.split("")).isEmpty();
    }

    @Test
    void split_leavesQuotesAndBracketsAlone() {
        assertThat(Commands.split("echo 'a;b' \"c;'d\"; each (x;y) { echo $it; echo ')' }; z"))
                .containsExactly("echo 'a;b' \"c;'d\"", "each (x;y) { echo $it; echo ')' }", "z");
        assertThat(Commands.split("echo a\\;b; c")).containsExactly("echo a\\;b", "c");
        assertThat(Commands.split("echo 'open; end")).containsExactly("echo 'open; end");
    }

    @Test
    void areSimilar_forPartsAndTypos_notForOthers() {
        assertThat(Names.areSimilar("winselector", "aio.policy.winselector")).isTrue();
        assertThat(Names.areSimilar("aio.polcy.winselectr", "aio.policy.winselector")).isTrue();
        assertThat(Names.areSimilar("AIO.Policy.Core", "aio.policy.core")).isTrue();
        assertThat(Names.areSimilar("nonsense", "aio.policy.core")).isFalse();
    }
}
