// SPDX-License-Identifier: Apache-2.0
/** An engine from outside the library: an ordered key-value store in memory, id {@code treap}. */
@org.jspecify.annotations.NullMarked
module org.example.treap {
    requires io.sett.spi;
    requires static org.jspecify;

    provides io.sett.spi.EngineProvider with org.example.treap.TreapEngineProvider;
}
