package aio.example.echo;

import aio.loop.EventLoop;
import aio.loop.LoopInfo;
import aio.loop.Server;
import aio.policy.PolicyDirectory;
import aio.policy.PolicyInfo;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Tells over HTTP which policy is current, and which driver serves the response. */
@Component
@Designate(ocd = HttpResponder.Config.class)
public class HttpResponder {
    private final EventLoop loop;
    private final PolicyDirectory policies;
    private final Server server;

    /** Starts to listen. A port that is in use fails the component, with the address in the message. */
    @Activate
    public HttpResponder(@Reference EventLoop loop, @Reference PolicyDirectory policies, Config config) {
        this.loop = loop;
        this.policies = policies;
        server = loop.createServer(() -> new HttpProtocol(this::page), config.host(), config.port()).join();
    }

    @Deactivate
    void stop() {
        server.close();
        server.closeClients();
    }

    private String page() {
        LoopInfo info = loop.info();
        String name = info.driver().orElse("parked");
        String driver = info.driverBundle().map(bundle -> name + " from " + bundle).orElse(name);
        String policy = policies.current().map(PolicyInfo::name).orElse("none");
        return "policy " + policy + ", loop " + info.name() + ", driver " + driver + "\n";
    }

    /** The address to listen on. */
    @ObjectClassDefinition(
            name = "aio example: HTTP",
            description = "A server that tells over HTTP which policy is current")
    @interface Config {
        /** Name or address. */
        @AttributeDefinition(name = "Host", description = "Name or address to listen on", required = false)
        String host() default "127.0.0.1";

        /** TCP port. */
        @AttributeDefinition(
                name = "Port",
                description = "TCP port, 0 for a free one",
                min = "0",
                max = "65535",
                required = false)
        int port() default 8080;
    }
}
