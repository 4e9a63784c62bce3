package com.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.hotdeal.ClaimResult;
import io.hotdeal.Deal;
import io.hotdeal.Order;
import io.hotdeal.contract.StockCounterContract;
import io.hotdeal.memory.InMemoryStockCounter;
import io.hotdeal.spi.DealTerms;
import io.hotdeal.spi.Stock;
import io.hotdeal.spi.StockCounter;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The stock counter of the adapter guide")
class AdapterGuideTest extends StockCounterContract {

  private static final StockCounter COUNTER = new AcmeStockCounter(new InMemoryAcme());

  @Override
  protected StockCounter counter() {
    return COUNTER;
  }

  @Test
  @DisplayName("equals the code that the guide shows")
  void isThisCode() throws IOException {
    assertThat(DocumentedCode.shownIn("docs/adapters.md"))
        .isEqualTo(DocumentedCode.compiled("AcmeStockCounter.java"));
  }

  /** The store of the guide, in memory. */
  private static final class InMemoryAcme implements AcmeStockCounter.Acme {

    private final InMemoryStockCounter memory = new InMemoryStockCounter();
    private final Map<String, DealTerms> deals = new ConcurrentHashMap<>();

    @Override
    public DealTerms open(Deal deal) {
      DealTerms standing = deals.computeIfAbsent(deal.id(), id -> DealTerms.opened(deal));
      if (standing.isOpenedInCounterBy(deal)) {
        memory.open(deal);
      }
      return standing;
    }

    @Override
    public List<ClaimResult> claim(String dealId, List<Order> orders) {
      return memory.claim(orders);
    }

    @Override
    public int postpone(String dealId, List<Order> orders) {
      memory.postpone(orders);
      return orders.size();
    }

    @Override
    public int settle(String dealId, List<Order> orders) {
      memory.settle(orders);
      return orders.size();
    }

    @Override
    public int release(String dealId, List<Order> orders) {
      memory.release(orders);
      return orders.size();
    }

    @Override
    public int giveBack(String dealId, List<Order> orders) {
      memory.giveBack(orders);
      return orders.size();
    }

    @Override
    public Optional<Stock> stock(String dealId) {
      return memory.stock(dealId);
    }

    @Override
    public List<Order> overdue(String dealId, int limit) {
      return memory.overdue(dealId, limit);
    }

    @Override
    public List<Order> held(String dealId, int limit) {
      return memory.held(dealId, limit);
    }

    @Override
    public boolean restore(DealTerms terms, long remaining, long ifVersion) {
      boolean restored = memory.restore(terms, remaining, ifVersion);
      if (restored) {
        deals.putIfAbsent(terms.deal().id(), terms);
      }
      return restored;
    }

    @Override
    public boolean change(DealTerms terms) {
      memory.change(terms);
      deals.computeIfPresent(
          terms.deal().id(), (id, old) -> terms.version() >= old.version() ? terms : old);
      return true;
    }

    @Override
    public boolean close(String dealId) {
      memory.close(dealId);
      return true;
    }

    @Override
    public boolean purgeIfClosed(String dealId) {
      memory.purge(dealId);
      if (memory.stock(dealId).isEmpty()) {
        deals.remove(dealId);
        return true;
      }
      return false;
    }

    @Override
    public boolean provesNothingHappened(RuntimeException failure) {
      return true;
    }
  }
}
