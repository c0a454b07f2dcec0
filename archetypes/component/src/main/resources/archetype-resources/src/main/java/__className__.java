package ${package};

import aio.loop.EventLoop;
import aio.loop.Server;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Sends back what it receives, and keeps its connections whatever policies come and go. */
@Component
@Designate(ocd = ${className}.Config.class)
public class ${className} {
    private final Server server;

    /** What can be configured, by the pid "${package}.${className}". */
    @ObjectClassDefinition(name = "${artifactId}")
    @interface Config {
        /** Name or address. */
        @AttributeDefinition(name = "Host", description = "Name or address to listen on", required = false)
        String host() default "127.0.0.1";

        /** TCP port. */
        @AttributeDefinition(name = "Port", description = "TCP port, 0 for a free one", required = false)
        int port() default ${port};
    }

    /** Starts to listen. A port that is in use fails the component, with the address in the message. */
    @Activate
    public ${className}(@Reference EventLoop loop, Config config) {
        server = loop.createServer(EchoProtocol::new, config.host(), config.port()).join();
    }

    @Deactivate
    void stop() {
        server.close();
        server.closeClients();
    }
}
