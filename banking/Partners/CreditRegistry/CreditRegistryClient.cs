using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;
using NodaTime.Text;

namespace Serverless.Banking.Partners;

/// <summary>What the credit registry knows of a person.</summary>
/// <param name="MonthlyIncome">Net; null when it knows of none.</param>
/// <param name="EmployedSince">In the present job; null when it knows of none.</param>
public sealed record CreditReport(bool IsKnown, Money? MonthlyIncome, LocalDate? EmployedSince, IReadOnlyList<CreditObligation> Obligations);

public sealed record CreditObligation(Money Outstanding, Money MonthlyInstalment, int DaysPastDue);

/// <summary>The credit registry, over the contract in docs/partners.md.</summary>
public sealed class CreditRegistryClient(PartnerHttp http, IOptions<PartnersOptions> options, ILogger<CreditRegistryClient> log)
{
    private readonly PartnerCalls calls = new(http, "credit-registry", options.Value.CreditRegistry, log);

    /// <param name="enquiry">The same id again has the same answer.</param>
    /// <param name="consent">Under which the person's consent is kept.</param>
    /// <returns>Null when there is no usable answer: ask again.</returns>
    public async Task<CreditReport?> AskAsync(Guid enquiry, PersonalNumber person, string purpose, string consent, CancellationToken cancellation)
    {
        var (status, answer) = await calls.PostAsync<Answer>(
            "enquiries", new { enquiryId = enquiry.ToString("D"), personalNumber = person.Value, purpose, consentReference = consent }, cancellation);
        return status == HttpStatusCode.OK ? answer?.ToReport() : null;
    }

    private sealed record AmountJson([property: System.Text.Json.Serialization.JsonPropertyName("amount")] string? Digits, string? Currency)
    {
        /// <summary>Null for what is no amount.</summary>
        public Money? ToMoney() => Banking.Currency.Find(Currency) is { } currency ? Money.Find(Digits, currency) : null;
    }

    private sealed record ObligationJson(AmountJson? Outstanding, AmountJson? MonthlyInstalment, int? DaysPastDue);

    private sealed record Answer(bool? IsKnown, AmountJson? MonthlyIncome, string? EmployedSince, IReadOnlyList<ObligationJson>? Obligations)
    {
        /// <summary>Null when something is there that cannot be read: nothing is decided on half of a report.</summary>
        public CreditReport? ToReport()
        {
            if (IsKnown is not { } isKnown || (MonthlyIncome is not null && MonthlyIncome.ToMoney() is null))
                return null;
            LocalDate? since = null;
            if (EmployedSince is not null)
            {
                if (LocalDatePattern.Iso.Parse(EmployedSince) is not { Success: true, Value: var date })
                    return null;
                since = date;
            }

            var obligations = (Obligations ?? []).Select(one => one is { DaysPastDue: >= 0 and { } days } && one.Outstanding?.ToMoney() is { } outstanding && one.MonthlyInstalment?.ToMoney() is { } instalment
                ? new CreditObligation(outstanding, instalment, days)
                : null).ToList();
            return obligations.Contains(null) ? null : new CreditReport(isKnown, MonthlyIncome?.ToMoney(), since, [.. obligations.OfType<CreditObligation>()]);
        }
    }
}
