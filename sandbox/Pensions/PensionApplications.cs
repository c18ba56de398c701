using System.Globalization;
using System.Text.Json.Serialization;
using Serverless.Sandbox.Billers;
using Serverless.Sandbox.Clock;
using Serverless.Sandbox.Knobs;
using Serverless.Sandbox.Webhooks;

namespace Serverless.Sandbox.Pensions;

/// <summary>The managers' applications for new funds: taken, the client contacted, the contract signed, or none of it. Every method is one step under one lock.</summary>
internal sealed class PensionApplications(SandboxClock clock, WebhookSender webhooks)
{
    /// <summary>Of a quota, until somebody names another.</summary>
    private const decimal FirstPrice = 1000m;

    private readonly Lock gate = new();
    private readonly OrderedDictionary<string, ApplicationFile> files = new(StringComparer.Ordinal);

    /// <summary>Taken once, however often it is sent.</summary>
    /// <returns>Null when the id was used for another application.</returns>
    public (ApplicationFile File, bool IsNew)? Take(Application application)
    {
        lock (gate)
        {
            if (files.TryGetValue(application.ApplicationId, out var known))
            {
                files[application.ApplicationId] = known with { TimesSent = known.TimesSent + 1 };
                return known.Application == application ? (known, false) : null;
            }

            return (files[application.ApplicationId] = new ApplicationFile(application, ApplicationStatus.Submitted, null, null, FirstPrice, 1), true);
        }
    }

    public ApplicationFile? Find(string applicationId)
    {
        lock (gate)
        {
            return files.GetValueOrDefault(applicationId);
        }
    }

    public ApplicationFile? FindContract(string contractNumber)
    {
        lock (gate)
        {
            return files.Values.FirstOrDefault(file => file.ContractNumber == contractNumber);
        }
    }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<ApplicationFile> All()
    {
        lock (gate)
        {
            return [.. files.Values];
        }
    }

    /// <returns>Null when the contract is signed.</returns>
    public ApplicationFile? Cancel(string applicationId)
    {
        lock (gate)
        {
            return files[applicationId] is { Status: not ApplicationStatus.Signed } file ? files[applicationId] = file with { Status = ApplicationStatus.Cancelled } : null;
        }
    }

    /// <summary>The next step of its life; told to the bank.</summary>
    /// <returns>Null when it does not follow.</returns>
    public ApplicationFile? Step(Party party, string applicationId, ApplicationStatus to)
    {
        ApplicationFile stepped;
        lock (gate)
        {
            if (files[applicationId] is not { Status: ApplicationStatus.Submitted or ApplicationStatus.Contacted } known || to <= known.Status)
                return null;
            stepped = known with { Status = to };
            if (to == ApplicationStatus.Signed)
            {
                stepped = stepped with
                {
                    ContractNumber = string.Create(CultureInfo.InvariantCulture, $"RP-{clock.Today.Year}-{files.IndexOf(applicationId) + 1:D6}"),
                    SignedOn = clock.Today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                };
            }

            files[applicationId] = stepped;
        }

        if (to == ApplicationStatus.Contacted)
            webhooks.Send(party, "application.contacted", new { ApplicationId = applicationId, At = clock.Now });
        if (to == ApplicationStatus.Cancelled)
            webhooks.Send(party, "application.cancelled", new { ApplicationId = applicationId, At = clock.Now });
        if (to == ApplicationStatus.Signed)
        {
            webhooks.Send(party, "application.signed", new { ApplicationId = applicationId, stepped.ContractNumber, stepped.SignedOn });
            if (stepped.Application.Contribution is { } paid)
                Book(party, stepped, paid.ContributionId, paid.Amount);
        }

        return stepped;
    }

    /// <summary>A contribution has bought quotas; told to the bank.</summary>
    public void Book(Party party, ApplicationFile file, string contributionId, Money amount) => webhooks.Send(party, "contribution.booked", new
    {
        file.Application.ApplicationId,
        ContributionId = contributionId,
        Quotas = Number(decimal.Parse(amount.Amount, CultureInfo.InvariantCulture) / file.QuotaPrice),
        QuotaPrice = Number(file.QuotaPrice),
        AsOf = clock.Now,
    });

    /// <summary>What a fund is worth; told to the bank.</summary>
    public void Tell(Party party, string applicationId, Worth worth)
    {
        lock (gate)
        {
            files[applicationId] = files[applicationId] with { QuotaPrice = worth.QuotaPrice };
        }

        webhooks.Send(party, "fund.priced", new { ApplicationId = applicationId, QuotaPrice = Number(worth.QuotaPrice), AsOf = clock.Now });
        webhooks.Send(party, "fund.valued", new
        {
            ApplicationId = applicationId,
            worth.Value,
            PersonalQuotas = Number(worth.PersonalQuotas),
            ProfessionalQuotas = Number(worth.ProfessionalQuotas),
            AsOf = clock.Now,
        });
    }

    public void Reset()
    {
        lock (gate)
        {
            files.Clear();
        }
    }

    private static string Number(decimal number) => decimal.Round(number, 4).ToString("0.0000", CultureInfo.InvariantCulture);
}

internal sealed record Application(
    string ApplicationId, string ManagerId, string PlanId, string Description, Applicant Holder, ApplicationPayment Payment, FirstContribution? Contribution);

internal sealed record Applicant(string PersonalNumber, string Name, string? Phone, string? Email);

internal sealed record ApplicationPayment(PaymentMode Mode, Money Amount, int? FrequencyMonths, string? PaymentDate, string? EndDate);

internal sealed record FirstContribution(string ContributionId, Money Amount);

/// <param name="ContractNumber">Null until the contract is signed.</param>
internal sealed record ApplicationFile(Application Application, ApplicationStatus Status, string? ContractNumber, string? SignedOn, decimal QuotaPrice, int TimesSent);

internal sealed record Worth(decimal QuotaPrice, Money Value, decimal PersonalQuotas, decimal ProfessionalQuotas);

internal enum PaymentMode
{
    [JsonStringEnumMemberName("one_time")]
    OneTime,
    [JsonStringEnumMemberName("periodic")]
    Periodic,
}

/// <summary>In the order of an application's life.</summary>
internal enum ApplicationStatus
{
    Submitted,
    Contacted,
    Signed,
    Cancelled,
}
