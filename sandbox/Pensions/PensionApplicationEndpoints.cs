using System.Globalization;
using Serverless.Sandbox.Billers;
using Serverless.Sandbox.Http;
using Serverless.Sandbox.Knobs;

namespace Serverless.Sandbox.Pensions;

/// <summary>Applications for new funds at the managers, and their desk; docs/partners.md.</summary>
internal static class PensionApplicationEndpoints
{
    /// <summary>Public, for one machine only.</summary>
    public const string PublicSecret = "whsec_c2FuZGJveCBvbmx5LCBwZW5zaW9ucy4uLi4uLi4uLi4=";

    /// <param name="address">The managers'.</param>
    public static void MapPensionApplications(this IEndpointRouteBuilder address, IEndpointRouteBuilder contract)
    {
        var applications = address.ServiceProvider.GetRequiredService<PensionApplications>();
        contract.MapPost("/applications", (HttpRequest request) => request.ReadAsync<ApplicationRequest, Application>(
            Read,
            application => Mood.Of(request.HttpContext).RefuseWith is { } code ? Answers.Refuse(422, code, "Asked for by refuseWith.")
                : applications.Take(application) is var (file, isNew) ? Answers.Json(isNew ? 201 : 200, Shown(file))
                : Answers.Refuse(409, "application_id_reused", "The id was used for another application; nothing was changed.")));
        contract.MapPost("/applications/{applicationId}/cancellation", (string applicationId) =>
            applications.Find(applicationId) is null ? Unknown()
            : applications.Cancel(applicationId) is { } cancelled ? Answers.Json(200, Shown(cancelled))
            : Answers.Json(409, Shown(applications.Find(applicationId)!)));

        address.MapGet("/applications", () => Answers.Json(200, new
        {
            Applications = applications.All().Select(file => new { file.Application, file.Status, file.ContractNumber, file.SignedOn, file.TimesSent }),
        }));
        address.MapPost("/applications/{applicationId}/steps", (string applicationId, HttpRequest request) => request.ReadAsync<StepRequest, ApplicationStatus>(
            (body, faults) =>
            {
                if (body.Step is null)
                    faults.Add("/step", "Must be contact, sign or cancel.");
                return (ApplicationStatus)((int)(body.Step ?? default) + 1);
            },
            to => applications.Find(applicationId) is null ? Unknown()
                : applications.Step(request.HttpContext.Party(), applicationId, to) is { } file ? Answers.Json(200, Shown(file))
                : Answers.Refuse(409, "not_possible", "It does not follow; nothing was changed.")));
        address.MapPost("/applications/{applicationId}/worth", (string applicationId, HttpRequest request) => request.ReadAsync<WorthRequest, Worth>(
            (body, faults) => new Worth(
                Number("/quotaPrice", body.QuotaPrice, faults), Money.Read("/value", body.Value, faults), Number("/personalQuotas", body.PersonalQuotas, faults),
                Number("/professionalQuotas", body.ProfessionalQuotas, faults)),
            worth =>
            {
                if (applications.Find(applicationId) is not { } file)
                    return Unknown();
                applications.Tell(request.HttpContext.Party(), applicationId, worth);
                return Answers.Json(200, Shown(file));
            }));
    }

    private static Application Read(ApplicationRequest body, Faults faults)
    {
        var holder = body.Holder ?? new HolderRequest(null, null, null, null);
        var payment = body.Payment ?? new PaymentRequest(null, null, null, null, null);
        if (payment.Mode is null)
            faults.Add("/payment/mode", "Must be one_time or periodic.");
        if (payment.PaymentDate is { } date)
            faults.Date("/payment/paymentDate", date);
        if (payment.EndDate is { } end)
            faults.Date("/payment/endDate", end);
        return new Application(
            faults.Code("/applicationId", body.ApplicationId, 64), faults.Code("/managerId", body.ManagerId, 40), faults.Code("/planId", body.PlanId, 40),
            faults.Text("/description", body.Description, 140),
            new Applicant(
                faults.Code("/holder/personalNumber", holder.PersonalNumber, 10), faults.Text("/holder/name", holder.Name, 140), faults.OptionalText("/holder/phone", holder.Phone, 20),
                faults.OptionalText("/holder/email", holder.Email, 254)),
            new ApplicationPayment(
                payment.Mode ?? default, Money.ReadPositive("/payment/amount", payment.Amount, faults),
                payment.FrequencyMonths is { } months ? faults.WholeNumber("/payment/frequencyMonths", months, 1, 12) : null, payment.PaymentDate, payment.EndDate),
            body.Contribution is { } paid
                ? new FirstContribution(faults.Code("/contribution/contributionId", paid.ContributionId, 64), Money.ReadPositive("/contribution/amount", paid.Amount, faults))
                : null);
    }

    private static decimal Number(string pointer, string? text, Faults faults)
    {
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return number;
        faults.Add(pointer, "Must be a decimal text without sign, as 1043.2211.");
        return 0;
    }

    private static IResult Unknown() => Answers.Refuse(404, "unknown_application", "The managers have no such application.");

    private static ApplicationResponse Shown(ApplicationFile file) => new(file.Application.ApplicationId, file.Status, file.ContractNumber, file.SignedOn);

    internal sealed record ApplicationRequest(
        string? ApplicationId, string? ManagerId, string? PlanId, string? Description, HolderRequest? Holder, PaymentRequest? Payment, ContributionRequest? Contribution);

    internal sealed record HolderRequest(string? PersonalNumber, string? Name, string? Phone, string? Email);

    internal sealed record PaymentRequest(PaymentMode? Mode, Money? Amount, int? FrequencyMonths, string? PaymentDate, string? EndDate);

    internal sealed record ContributionRequest(string? ContributionId, Money? Amount);

    internal sealed record ApplicationResponse(string ApplicationId, ApplicationStatus Status, string? ContractNumber, string? SignedOn);

    internal sealed record StepRequest(ApplicationStep? Step);

    internal sealed record WorthRequest(string? QuotaPrice, Money? Value, string? PersonalQuotas, string? ProfessionalQuotas);

    /// <summary>In the order of <see cref="ApplicationStatus"/>, from its second.</summary>
    internal enum ApplicationStep
    {
        Contact,
        Sign,
        Cancel,
    }
}
