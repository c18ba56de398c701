namespace Serverless.Banking;

/// <summary>The bank does not exchange these two currencies now.</summary>
public sealed record ExchangeRateMissing(string From, string To) : Refused("exchange_rate_missing");
