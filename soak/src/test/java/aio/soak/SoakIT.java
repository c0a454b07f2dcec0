package aio.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** Swaps policies for as long as it is told, under load, and looks for any loss and any growth. */
class SoakIT {
    @Test
    void policiesComeAndGo_underLoad_nothingIsLost_nothingGrows() throws Exception {
        SoakPlan plan = SoakPlan.ofProperties();
        assumeTrue(plan.isAllowed(), () -> "a process needs " + plan.descriptors() + " descriptors: raise ulimit -n");
        SoakReport report = assertTimeoutPreemptively(plan.limit(), () -> Soak.run(plan));
        String text = report.text();
        Files.writeString(plan.target().resolve("soak.txt"), text);
        System.out.print(text);
        assertThat(report.wrong()).as(text).isEmpty();
    }
}
