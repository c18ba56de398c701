using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Serverless.Banking.Partners;

/// <summary>The pension funds' managers, over the contract in docs/partners.md.</summary>
public sealed class PensionClient(PartnerHttp http, IOptions<PartnersOptions> options, ILogger<PensionClient> log)
{
    private readonly PartnerCalls calls = new(http, "pensions", options.Value.Pensions, log);

    /// <summary>The funds of one contract, or of one holder; numbers travel in the body, because addresses are logged.</summary>
    /// <returns>Empty when there are none. Or <see cref="PensionManagerUnavailable"/>.</returns>
    public async Task<Result<PensionFund[]>> FindAsync(string? contractNumber, PersonalNumber? holder, CancellationToken cancellation)
    {
        var (status, found) = await calls.PostAsync<FundList>("lookups", new { contractNumber, personalNumber = holder?.Value }, cancellation);
        return status == HttpStatusCode.OK && found?.Funds is { } funds
            ? funds.Select(fund => fund.ToFund()).OfType<PensionFund>().ToArray()
            : new PensionManagerUnavailable();
    }

    /// <summary>Tells a manager of a contribution that the bank has taken for it. The same one may be sent any number of times.</summary>
    public async Task<ContributionAnswer> ContributeAsync(Guid contributionId, string contractNumber, Money amount, CancellationToken cancellation)
    {
        var (status, _) = await calls.PostAsync<Contribution>(
            "contributions",
            new
            {
                contributionId = contributionId.ToString("N"),
                contractNumber,
                amount = new { amount = amount.ToDecimalString(), currency = amount.Currency.Code },
            },
            cancellation);
        return status switch
        {
            HttpStatusCode.Created or HttpStatusCode.OK => ContributionAnswer.Taken,
            HttpStatusCode.Conflict or HttpStatusCode.NotFound => ContributionAnswer.Refused,
            _ => ContributionAnswer.Unknown,
        };
    }

    private sealed record FundList(IReadOnlyList<Fund>? Funds);

    private sealed record Fund(string? ContractNumber, string? Holder, string? ManagerId, string? Manager, string? Currency)
    {
        public PensionFund? ToFund() => ContractNumber is { Length: > 0 and <= 34 } number && Holder is { Length: > 0 } holder && ManagerId is { Length: > 0 } id
            && Manager is { Length: > 0 } manager && Banking.Currency.Find(Currency) is { } currency
                ? new PensionFund(number, holder, id, manager, currency)
                : null;
    }

    private sealed record Contribution(string? ContributionId);
}

/// <param name="Holder">First and last name; the customer sees it masked.</param>
/// <param name="ManagerId">Names the bank's settlement account: lower-case letters, digits, hyphens.</param>
/// <param name="Manager">The management company.</param>
/// <param name="Currency">In which contributions are taken.</param>
public sealed record PensionFund(string ContractNumber, string Holder, string ManagerId, string Manager, Currency Currency);

public enum ContributionAnswer
{
    Taken,

    /// <summary>Not taken, and never will be.</summary>
    Refused,

    /// <summary>No answer, or none that can be understood: send it again.</summary>
    Unknown,
}

/// <summary>The pension managers do not answer; try again later.</summary>
public sealed record PensionManagerUnavailable() : Unavailable("pension_manager_unavailable");
