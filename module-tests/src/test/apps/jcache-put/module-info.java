// SPDX-License-Identifier: Apache-2.0
module org.example.jcacheput {
    requires cache.api;

    uses javax.cache.spi.CachingProvider;
}
