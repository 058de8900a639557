// SPDX-License-Identifier: Apache-2.0
/**
 * Assembles stores from configuration.
 *
 * <pre>{@code
 * try (StorageProvider storage = StorageProviders.from(Path.of("storage.conf")).start()) {
 *     KVStore chain = storage.getKVStore("chain");
 * }
 *
 * Injector injector = Guice.createInjector(new StorageModule());     // the same with Guice
 * }</pre>
 *
 * <p><b>Where configuration comes from</b>, later ones winning: the file (explicit, else {@code -Dstorage.config}, else
 * {@code storage.conf}, {@code .yaml}, {@code .yml}, {@code .json} or {@code .properties} in the working
 * directory, else on the class path), the overlay of the profile ({@code storage-<profile>.*} beside it), system properties
 * ({@code -Dstorage.memory.life_window=10m}), environment variables ({@code STORAGE_MEMORY_LIFE_WINDOW=10m}), what the
 * program sets.
 *
 * <p><b>Named stores.</b> {@code storage.instances.<kind>.<name> { engine = …, … }} lays its keys over the section of
 * the engine. The store {@code default} lies where the section says; a store {@code x} that names no location of its
 * own lies beside it, {@code -x} added to the name of the directory or file ({@code ./data/badger-x}).
 */
@NullMarked
package io.sett.provider;

import org.jspecify.annotations.NullMarked;
