package io.hotdeal;

/** A failure of a call for a deal that the store does not have. Nothing was changed. */
public final class UnknownDealException extends NothingHappenedException {

  private static final long serialVersionUID = 1L;

  public UnknownDealException(String dealId) {
    super("deal " + dealId + " is not open here");
  }
}
