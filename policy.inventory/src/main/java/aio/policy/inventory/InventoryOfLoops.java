package aio.policy.inventory;

import aio.loop.LoopDirectory;
import aio.policy.PolicyDirectory;
import aio.policy.console.json.Json;
import java.io.PrintWriter;
import java.util.Map;
import org.apache.felix.inventory.Format;
import org.apache.felix.inventory.InventoryPrinter;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Prints policies and loops, as text or as JSON. No loop is asked: one that is held up is printed, too. Any thread. */
@Component(property = {
    InventoryPrinter.NAME + "=aio",
    InventoryPrinter.TITLE + "=Event loops and their policies",
    InventoryPrinter.FORMAT + "=TEXT",
    InventoryPrinter.FORMAT + "=JSON"
})
public final class InventoryOfLoops implements InventoryPrinter {
    private final Contents contents;

    /** For the service component runtime. */
    @Activate
    public InventoryOfLoops(@Reference PolicyDirectory policies, @Reference LoopDirectory loops) {
        contents = new Contents(policies, loops);
    }

    @Override
    public void print(PrintWriter out, Format format, boolean isZip) {
        Map<String, Object> all = contents.now();
        if (Format.JSON.equals(format)) {
            out.println(Json.text(all));
        } else {
            PlainText.print(all, out);
        }
        out.flush();
    }
}
