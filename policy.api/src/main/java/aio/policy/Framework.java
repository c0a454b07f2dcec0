package aio.policy;

/** Tells whether this code runs inside an OSGi framework, without needing its classes. */
final class Framework {
    private static final boolean PRESENT = isBundle(Framework.class.getClassLoader());

    private Framework() {}

    static boolean isPresent() {
        return PRESENT;
    }

    private static boolean isBundle(ClassLoader loader) {
        for (Class<?> type = loader == null ? null : loader.getClass(); type != null; type = type.getSuperclass()) {
            for (Class<?> face : type.getInterfaces()) {
                if (face.getName().equals("org.osgi.framework.BundleReference")) {
                    return true;
                }
            }
        }
        return false;
    }
}
