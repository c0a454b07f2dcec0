package aio.dist;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.apache.felix.webconsole.spi.SecurityProvider;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/**
 * Accounts of a Web Console in place of its own one: whoever gives a name is let in, and only {@code admin} has roles.
 * The class is a bundle's activator, and makes that bundle.
 */
public final class Accounts implements BundleActivator, SecurityProvider {
    /** As an HTTP service reads it. */
    private static final String REMOTE_USER = "org.osgi.service.http.authentication.remote.user";

    /** Makes the bundle, which has this class alone; returns its file. */
    static Path bundle(Path folder) throws IOException {
        Path file = folder.resolve("accounts.jar");
        String entry = Accounts.class.getName().replace('.', '/') + ".class";
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        Map.of("Bundle-ManifestVersion", "2", "Bundle-SymbolicName", "accounts",
                "Bundle-Activator", Accounts.class.getName(),
                "Import-Package", "jakarta.servlet.http,org.apache.felix.webconsole.spi,org.osgi.framework")
                .forEach(headers::putValue);
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file), manifest);
                InputStream code = Accounts.class.getResourceAsStream("/" + entry)) {
            jar.putNextEntry(new JarEntry(entry));
            code.transferTo(jar);
        }
        return file;
    }

    @Override
    public void start(BundleContext context) {
        context.registerService(SecurityProvider.class, this, null);
    }

    @Override
    public void stop(BundleContext context) {
        // the framework takes the service back
    }

    @Override
    public Object authenticate(HttpServletRequest request, HttpServletResponse response) {
        String header = request.getHeader("Authorization");
        if (header == null || !header.startsWith("Basic ")) {
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
            return null;
        }
        byte[] login = Base64.getDecoder().decode(header.substring("Basic ".length()));
        String user = new String(login, StandardCharsets.UTF_8).split(":")[0];
        request.setAttribute(REMOTE_USER, user);
        return user;
    }

    @Override
    public boolean authorize(Object user, String role) {
        return user.equals("admin");
    }

    @Override
    public void logout(HttpServletRequest request, HttpServletResponse response) {
        response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
    }
}
