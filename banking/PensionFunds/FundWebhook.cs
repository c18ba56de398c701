using System.Globalization;
using Microsoft.Extensions.Options;
using NodaTime;
using NodaTime.Text;
using Serverless.Banking.Partners;

namespace Serverless.Banking.PensionFunds;

/// <summary>What the companies tell of applications and funds (LDP-16). Prices and values are dated: an older one changes nothing.</summary>
internal sealed class FundWebhook(IOptions<PartnersOptions> partners, FundTable table, FundCourse course, FundRules rules) : IPartnerWebhook
{
    public string Partner => "pensions";

    public IReadOnlyList<string> Secrets => partners.Value.Pensions.WebhookSecrets;

    /// <returns>The application, if its workflow has to know. Or, first match: <see cref="WebhookNotUnderstood"/>, <see cref="PrivateFundNotFound"/>.</returns>
    public async Task<Result<IReadOnlyList<string>>> HandleAsync(PartnerMessage message, CancellationToken cancellation)
    {
        if (message.Type.Length == 0)
            return new WebhookNotUnderstood("/type");
        if (message.Type is not ("application.contacted" or "application.signed" or "application.cancelled" or "fund.priced" or "fund.valued" or "contribution.booked"))
            return Array.Empty<string>();
        if (message.Read<Data>() is not { } data || !Guid.TryParseExact(data.ApplicationId, "N", out var id))
            return new WebhookNotUnderstood("/data/applicationId");

        // The company learns of an application when it is submitted; of a draft nobody outside the bank can know.
        if (await table.FindAsync(id, cancellation) is not { It.SubmittedAt: not null } stored)
            return new PrivateFundNotFound();
        if (message.Type == "contribution.booked")
            return await BookAsync(stored.It, data, cancellation);
        var change = message.Type switch
        {
            "application.contacted" => Change(it => it.State == FundState.Submitted ? it.At(FundState.Contacted, rules.Now, it.Deadline) with { IsPassed = true } : null),
            "application.signed" => Sign(data),
            "application.cancelled" => Change(it => it.IsWaiting ? it.At(FundState.Cancelled, rules.Now) with { EndedBy = FundEndings.ByCompany, IsPassed = true } : null),
            "fund.priced" => Price(data),
            _ => Value(data),
        };
        if (!change.IsSuccess)
            return change.Error;
        await table.ChangeAsync(stored, change.Value, cancellation);
        return message.Type.StartsWith("application.", StringComparison.Ordinal) ? new[] { id.ToString("N") } : Array.Empty<string>();
    }

    private Result<Func<PrivateFund, PrivateFund?>> Sign(Data data)
    {
        if (data.ContractNumber is not { Length: > 0 and <= 34 } number || !number.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
            return new WebhookNotUnderstood("/data/contractNumber");
        if (data.SignedOn is null || LocalDatePattern.Iso.Parse(data.SignedOn) is not { Success: true } signed)
            return new WebhookNotUnderstood("/data/signedOn");
        return Change(it => it.IsWaiting ? course.Activate(it, number, signed.Value) : null);
    }

    private static Result<Func<PrivateFund, PrivateFund?>> Price(Data data)
    {
        if (Number(data.QuotaPrice) is not { } price || price == 0)
            return new WebhookNotUnderstood("/data/quotaPrice");
        if (Moment(data.AsOf) is not { } at)
            return new WebhookNotUnderstood("/data/asOf");
        return Change(it => it.Figures.PricedAt >= at ? null : it with { Figures = it.Figures with { QuotaPrice = price, PricedAt = at } });
    }

    private static Result<Func<PrivateFund, PrivateFund?>> Value(Data data)
    {
        if (data.Value is null || Currency.Find(data.Value.Currency) is not { } currency || currency != Currency.All || Money.Find(data.Value.Amount, currency) is not { Minor: >= 0 } value)
            return new WebhookNotUnderstood("/data/value");
        if (Number(data.PersonalQuotas) is not { } personal)
            return new WebhookNotUnderstood("/data/personalQuotas");
        if (Number(data.ProfessionalQuotas) is not { } professional)
            return new WebhookNotUnderstood("/data/professionalQuotas");
        if (Moment(data.AsOf) is not { } at)
            return new WebhookNotUnderstood("/data/asOf");
        return Change(it => it.Figures.ValuedAt >= at
            ? null
            : it with { Figures = it.Figures with { Value = value, PersonalQuotas = personal, ProfessionalQuotas = professional, ValuedAt = at } });
    }

    private async Task<Result<IReadOnlyList<string>>> BookAsync(PrivateFund it, Data data, CancellationToken cancellation)
    {
        if (!Guid.TryParseExact(data.ContributionId, "N", out var contribution))
            return new WebhookNotUnderstood("/data/contributionId");
        if (Number(data.Quotas) is not { } quotas)
            return new WebhookNotUnderstood("/data/quotas");
        if (Number(data.QuotaPrice) is not { } price)
            return new WebhookNotUnderstood("/data/quotaPrice");
        if (Moment(data.AsOf) is not { } at)
            return new WebhookNotUnderstood("/data/asOf");
        await table.NoteAsync(it.Customer, it.Id, contribution, FundContribution.Booked(quotas, price, at), cancellation);
        return Array.Empty<string>();
    }

    private static Result<Func<PrivateFund, PrivateFund?>> Change(Func<PrivateFund, PrivateFund?> change) => change;

    /// <summary>Not negative.</summary>
    private static decimal? Number(string? text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number < 1_000_000_000_000m ? number : null;

    private static Instant? Moment(string? text) => text is not null && InstantPattern.ExtendedIso.Parse(text) is { Success: true } at ? at.Value : null;

    private sealed record Data(
        string? ApplicationId, string? ContractNumber, string? SignedOn, string? QuotaPrice, AmountData? Value, string? PersonalQuotas, string? ProfessionalQuotas, string? ContributionId,
        string? Quotas, string? AsOf);

    private sealed record AmountData(string? Amount, string? Currency);
}
