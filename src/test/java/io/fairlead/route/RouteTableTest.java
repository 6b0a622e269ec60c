package io.fairlead.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.pool.Pool;
import io.fairlead.pool.PoolBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteTableTest {
    private final List<Route> routes = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({
        "shop.example, exact",
        "a.shop.example, below-shop",
        "b.a.shop.example, below-shop",
        "x.y.shop.example, below-y",
        "example, any",
        "notshop.example, any",
        "'', any"
    })
    void theMostSpecificHostWins(String host, String expected) {
        route("", "/", "any");
        route("*.shop.example", "/", "below-shop");
        route("*.y.shop.example", "/", "below-y");
        route("shop.example", "/", "exact");
        assertThat(poolFor(host, "/")).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "/, root",
        "/ap, root",
        "/apis, root",
        "/api, api",
        "/api/, api",
        "/api/v1, v1",
        "/api/v1/users/7, v1",
        "/api/v10, api",
        "/api/v1/exact, exact",
        "/api/v1/exact/more, v1",
        "/API, root",
        "*, root"
    })
    void theExactPathWinsThenTheLongestPrefixOnSegmentBorders(String path, String expected) {
        route("", "/", "root");
        route("", "/api/", "api");
        route("", "/api/v1", "v1");
        exact("/api/v1/exact", "exact");
        assertThat(poolFor("any.example", path)).isEqualTo(expected);
    }

    @Test
    void aHostWithoutAMatchingPathLeavesTheRequestToAWiderOne() {
        route("shop.example", "/api", "shop-api");
        route("", "/", "any");
        assertThat(poolFor("shop.example", "/other")).isEqualTo("any");
        assertThat(poolFor("shop.example", "/api/x")).isEqualTo("shop-api");
    }

    @Test
    void nothingMatchesWhereNoRouteDoes() {
        route("shop.example", "/api", "shop-api");
        RouteTable table = new RouteTable(routes);
        assertThat(table.match("shop.example", "/other")).isNull();
        assertThat(table.match("other.example", "/api")).isNull();
    }

    @Test
    void hostsOfRoutesAreComparedWithoutCase() {
        route("Shop.Example", "/", "shop");
        assertThat(poolFor("shop.example", "/")).isEqualTo("shop");
    }

    @Test
    void theSameHostAndPathTwiceAreRefused() {
        route("", "/api", "one");
        route("", "/api/", "two");
        assertThatThrownBy(() -> new RouteTable(routes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("twice");
    }

    @Test
    void eachOfManyRoutesIsFound() {
        for (int i = 0; i < 1000; i++) {
            route("h" + i % 10 + ".example", "/p" + i, "pool" + i);
        }
        for (int i = 0; i < 1000; i++) {
            assertThat(poolFor("h" + i % 10 + ".example", "/p" + i + "/x")).isEqualTo("pool" + i);
        }
    }

    private String poolFor(String host, String path) {
        Route route = new RouteTable(routes).match(host, path);
        return route == null ? "none" : route.pool().name();
    }

    private void route(String host, String path, String pool) {
        routes.add(new Route(new RouteSettings(host, path, Optional.empty(), pool, Duration.ZERO), pool(pool)));
    }

    private void exact(String path, String pool) {
        routes.add(new Route(new RouteSettings("", "/", Optional.of(path), pool, Duration.ZERO), pool(pool)));
    }

    private static Pool pool(String name) {
        return new PoolBuilder(name).members(1).build();
    }
}
