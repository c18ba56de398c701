using Microsoft.Extensions.Options;

namespace Serverless.Banking.Interbank;

/// <summary>The version of the terms under which money is sent abroad (TRF-22); every confirmed transfer carries the one that was accepted.</summary>
public sealed class InternationalTerms(IOptions<InterbankOptions> options)
{
    public string Version => options.Value.TermsVersion;
}
