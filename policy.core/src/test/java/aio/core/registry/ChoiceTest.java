package aio.core.registry;

import static org.assertj.core.api.Assertions.assertThat;

import aio.core.foreign.Text;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the operator wants, as a configuration holds it: names of any kind come back as they went. */
class ChoiceTest {

    @Test
    void namesOfAnyKind_comeBackAsTheyWent() {
        for (String name : List.of("x,default", "a=b", "=", "q\"q' e", "back\\slash", "a\\,b", "a\nb\u001b[2J",
                "ü 你 😀", "name#5", "--all", "x".repeat(5000), "comma,=,\"all\"\\")) {
            Choice choice = new Choice(name, Map.of(name, 7));
            Choice read = Choice.of(choice.pin(), choice.entries()).choice();
            assertThat(read).as(name).isEqualTo(choice);
            assertThat(read.pin()).as(name).isEqualTo(Text.clean(name));
            assertThat(Choice.of(choice.pin(), List.of(choice.entries())).choice()).as(name).isEqualTo(choice);
        }
    }

    @Test
    void entriesOfAnArray_areNotCut_theOnesOfATextAre() {
        assertThat(Choice.of(null, new String[] {"x,default=9", " b = 2 "}).choice().ranks())
                .isEqualTo(Map.of("x,default", 9, "b", 2));
        assertThat(Choice.of(null, "x\\,default=9, b=2,, c\\\\=min").choice().ranks())
                .isEqualTo(Map.of("x,default", 9, "b", 2, "c\\", Integer.MIN_VALUE));
    }

    @Test
    void wrongEntry_isLeftOut_andSaidInALine() {
        Choice.Parsed parsed = Choice.of(" ", new String[] {"a=high\nERROR forged", "b=max"});
        assertThat(parsed.choice()).isEqualTo(new Choice(null, Map.of("b", Integer.MAX_VALUE)));
        assertThat(parsed.problems()).singleElement().asString()
                .startsWith("configuration aio.policy: ranks has 'a=high\\nERROR forged', expected NAME=RANKING");
    }
}
