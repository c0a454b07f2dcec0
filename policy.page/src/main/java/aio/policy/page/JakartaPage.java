package aio.policy.page;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Dictionary;
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
        PageReply reply = handler.handle(PageRequest.of(
                request.getMethod(), request.getPathInfo(), request.getRemoteUser(), request::getAttribute,
                JakartaPage::isAdmin, request::getHeader, request::getParameter));
        reply.head(response::setStatus, response::setContentType, response::setHeader, response::setContentLength);
        response.getOutputStream().write(reply.body());
    }

    private static boolean isAdmin(Object user) {
        return user instanceof User known && known.authorize(PageRequest.ADMIN);
    }
}
