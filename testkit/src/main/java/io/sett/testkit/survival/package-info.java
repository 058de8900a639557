// SPDX-License-Identifier: Apache-2.0
/**
 * What a key-value store must survive, as checks that any engine can be put through: power cuts at any moment
 * ({@link io.sett.testkit.survival.CrashCheck}), calls of the file system that fail
 * ({@link io.sett.testkit.survival.FaultSweep}), full disks ({@link io.sett.testkit.survival.SpaceSweep}), damaged
 * files ({@link io.sett.testkit.survival.DamageSweep}) and killed processes
 * ({@link io.sett.testkit.survival.KillRun}).
 *
 * <p>A check throws an {@link AssertionError} that says what was wrong, when, and with which seed to repeat it.
 */
@NullMarked
package io.sett.testkit.survival;

import org.jspecify.annotations.NullMarked;
