package aio.policy.page;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Dictionary;
import java.util.Map;
import org.apache.felix.webconsole.servlet.AbstractServlet;
import org.apache.felix.webconsole.servlet.User;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** The door of the Felix Web Console from version 5 on. */
final class JakartaPage extends AbstractServlet {
    private static final long serialVersionUID = 1;

    private final transient PageHandler handler;

    private JakartaPage(PageHandler handler) {
        this.handler = handler;
    }

    static ServiceRegistration<?> register(BundleContext context, PageHandler handler, Dictionary<String, ?> as) {
        return context.registerService(Servlet.class, new JakartaPage(handler), as);
    }

    /** Serves everything itself: the header of the console would bring scripts of its own. */
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        PageReply reply = handler.handle(new PageRequest(
                request.getMethod(), PageRequest.pathIn(request.getPathInfo()),
                Roles.user(request.getRemoteUser(), request::getAttribute),
                Roles.mayChange(request::getAttribute, JakartaPage::isAdmin), request::getHeader,
                request::getParameter));
        response.setStatus(reply.status());
        response.setContentType(reply.type());
        for (Map.Entry<String, String> header : reply.headers().entrySet()) {
            response.setHeader(header.getKey(), header.getValue());
        }
        response.setContentLength(reply.body().length);
        response.getOutputStream().write(reply.body());
    }

    private static boolean isAdmin(Object user) {
        return user instanceof User known && known.authorize(PageRequest.ADMIN);
    }
}
