namespace Serverless.Banking.Accounts;

public enum StatementFrequency
{
    Monthly,
    Quarterly,
    HalfYearly,
    Yearly,
}
