package io.hotdeal;

/** The store has no deal of this id. Nothing was changed. */
public final class UnknownDealException extends NothingHappenedException {

  private static final long serialVersionUID = 1L;

  public UnknownDealException(String dealId) {
    super("deal " + dealId + " is not open here");
  }
}
