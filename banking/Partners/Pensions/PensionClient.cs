using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;
using NodaTime.Text;

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
                amount = Written(amount),
            },
            cancellation);
        return status switch
        {
            HttpStatusCode.Created or HttpStatusCode.OK => ContributionAnswer.Taken,
            HttpStatusCode.Conflict or HttpStatusCode.NotFound => ContributionAnswer.Refused,
            _ => ContributionAnswer.Unknown,
        };
    }

    /// <summary>Passes an application on, with what was paid at once. The same one may be sent any number of times.</summary>
    public async Task<PensionAnswer> ApplyAsync(PensionApplication application, CancellationToken cancellation)
    {
        var (status, _) = await calls.PostAsync<ApplicationStatus>(
            "applications",
            new
            {
                applicationId = application.Id.ToString("N"),
                application.ManagerId,
                planId = application.Plan,
                application.Description,
                holder = new { personalNumber = application.PersonalNumber, application.Name, application.Phone, application.Email },
                payment = new
                {
                    mode = application.FrequencyMonths is null ? "one_time" : "periodic",
                    amount = Written(application.Amount),
                    application.FrequencyMonths,
                    paymentDate = application.PaymentDate is { } date ? LocalDatePattern.Iso.Format(date) : null,
                    endDate = application.EndDate is { } end ? LocalDatePattern.Iso.Format(end) : null,
                },
                contribution = application.Contribution is { } id ? new { contributionId = id.ToString("N"), amount = Written(application.Amount) } : null,
            },
            cancellation);
        return status switch
        {
            HttpStatusCode.Created or HttpStatusCode.OK => PensionAnswer.Taken,
            HttpStatusCode.Conflict or HttpStatusCode.NotFound or HttpStatusCode.UnprocessableEntity => PensionAnswer.Refused,
            _ => PensionAnswer.Unknown,
        };
    }

    /// <summary>Asks a company to let an application go; it does unless the contract is signed.</summary>
    public async Task<PensionCancellation> CancelAsync(Guid application, CancellationToken cancellation)
    {
        var (status, answer) = await calls.PostAsync<ApplicationStatus>($"applications/{application:N}/cancellation", new { }, cancellation, readsConflict: true);
        return status switch
        {
            HttpStatusCode.OK or HttpStatusCode.NotFound => new PensionCancellation(PensionAnswer.Taken),
            HttpStatusCode.Conflict when answer is { ContractNumber: { Length: > 0 and <= 34 } contract, SignedOn: { } on } && LocalDatePattern.Iso.Parse(on) is { Success: true } signed =>
                new PensionCancellation(PensionAnswer.Refused, contract, signed.Value),
            _ => new PensionCancellation(PensionAnswer.Unknown),
        };
    }

    private static object Written(Money amount) => new { amount = amount.ToDecimalString(), currency = amount.Currency.Code };

    private sealed record ApplicationStatus(string? ApplicationId, string? Status, string? ContractNumber, string? SignedOn);

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

/// <summary>A customer's application for a fund of his own.</summary>
/// <param name="Amount">Of each contribution.</param>
/// <param name="FrequencyMonths">1 or 3; null for what is paid once.</param>
/// <param name="Contribution">What was paid at once; null for nothing.</param>
public sealed record PensionApplication(
    Guid Id, string ManagerId, string Plan, string Description, string PersonalNumber, string Name, string? Phone, string? Email, Money Amount, int? FrequencyMonths,
    LocalDate? PaymentDate, LocalDate? EndDate, Guid? Contribution);

public enum PensionAnswer
{
    /// <summary>Done, now or before.</summary>
    Taken,

    /// <summary>Not done, and never will be.</summary>
    Refused,

    /// <summary>No answer, or none that can be understood: ask again.</summary>
    Unknown,
}

/// <param name="ContractNumber">Of the contract that was signed in the meantime, where the answer is <see cref="PensionAnswer.Refused"/>.</param>
public sealed record PensionCancellation(PensionAnswer Answer, string? ContractNumber = null, LocalDate? SignedOn = null);

/// <summary>The pension managers do not answer; try again later.</summary>
public sealed record PensionManagerUnavailable() : Unavailable("pension_manager_unavailable");
