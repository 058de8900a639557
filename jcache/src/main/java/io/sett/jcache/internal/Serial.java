// SPDX-License-Identifier: Apache-2.0
package io.sett.jcache.internal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.lang.reflect.Proxy;
import javax.cache.CacheException;

/**
 * Java serialization, for keys and values of other types than the common ones: the standard stores any serializable
 * object by value. What is read here was written by the same cache in the same process; nothing comes from a file or
 * from elsewhere.
 */
final class Serial {

    private Serial() {
    }

    static byte[] write(Object object) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        } catch (IOException e) {
            throw new CacheException("an object of class " + object.getClass().getName() + " cannot be stored by "
                    + "value: " + e + "; keys and values must be serializable, with all that they refer to", e);
        }
        return bytes.toByteArray();
    }

    static Object read(byte[] bytes, int offset, ClassLoader loader) {
        try (ObjectInputStream in = new LoaderStream(new ByteArrayInputStream(bytes, offset, bytes.length - offset),
                loader)) {
            return in.readObject();
        } catch (IOException | ClassNotFoundException e) {
            throw new CacheException("a stored object cannot be read back: " + e + "; its class must be visible to the "
                    + "class loader of the cache manager, " + loader, e);
        }
    }

    /** Finds classes where the cache manager does. */
    private static final class LoaderStream extends ObjectInputStream {

        private final ClassLoader loader;

        private LoaderStream(InputStream in, ClassLoader loader) throws IOException {
            super(in);
            this.loader = loader;
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass description) throws IOException, ClassNotFoundException {
            try {
                return Class.forName(description.getName(), false, loader);
            } catch (ClassNotFoundException e) {
                return super.resolveClass(description);
            }
        }

        @Override
        protected Class<?> resolveProxyClass(String[] interfaces) throws IOException, ClassNotFoundException {
            Class<?>[] types = new Class<?>[interfaces.length];
            for (int i = 0; i < interfaces.length; i++) {
                types[i] = Class.forName(interfaces[i], false, loader);
            }
            return Proxy.newProxyInstance(loader, types, (proxy, method, arguments) -> null).getClass();
        }
    }
}
