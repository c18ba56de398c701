using System.Globalization;
using System.Text.RegularExpressions;
using Serverless.Sandbox.Billers;
using Serverless.Sandbox.Http;
using Serverless.Sandbox.Knobs;

namespace Serverless.Sandbox.CreditRegistry;

/// <summary>What the registry of credits says to banks; docs/partners.md. Personal numbers travel in bodies, because addresses are logged.</summary>
internal static partial class CreditRegistryEndpoints
{
    public static void AddCreditRegistry(this IServiceCollection services) => services.AddSingleton<CreditRegister>();

    public static void MapCreditRegistry(this IEndpointRouteBuilder app)
    {
        app.ServiceProvider.GetRequiredService<Parties>().Add(CreditRegister.Id, "Credit registry", PartyKind.CreditRegistry);
        var register = app.ServiceProvider.GetRequiredService<CreditRegister>();
        var address = app.MapParties("/credit-registries", PartyKind.CreditRegistry);

        address.MapContract().MapPost("/enquiries", (HttpRequest request) => request.ReadAsync<EnquiryRequest, Enquiry>(
            (body, faults) => new Enquiry(
                faults.Code("/enquiryId", body.EnquiryId, 64), Number("/personalNumber", body.PersonalNumber, faults), faults.Code("/purpose", body.Purpose, 40),
                faults.Code("/consentReference", body.ConsentReference, 100)),
            enquiry => Mood.Of(request.HttpContext).RefuseWith is { } code ? Answers.Refuse(422, code, "Asked for by refuseWith.")
                : register.Ask(enquiry) is { } report ? Answers.Json(200, report)
                : Answers.Refuse(409, "enquiry_id_reused", "The enquiry id was used for another enquiry.")));

        address.MapGet("/enquiries", () => Answers.Json(200, new { Enquiries = register.Enquiries() }));
        address.MapPut("/people/{personalNumber}", (string personalNumber, HttpRequest request) => request.ReadAsync<PersonRequest, CreditRecord>(
            (body, faults) => new CreditRecord(
                Number("", personalNumber, faults),
                body.MonthlyIncome is null ? null : Money.ReadPositive("/monthlyIncome", body.MonthlyIncome, faults),
                body.EmployedSince is null ? null : faults.Date("/employedSince", body.EmployedSince),
                [.. (body.Obligations ?? []).Select((it, i) => ReadObligation(string.Create(CultureInfo.InvariantCulture, $"/obligations/{i}"), it, faults))]),
            record =>
            {
                register.Put(record);
                return TypedResults.NoContent();
            }));
    }

    private static string Number(string pointer, string? text, Faults faults) =>
        faults.Matching(pointer, text, PersonalNumber(), "a letter, eight digits and a letter").ToUpperInvariant();

    private static Obligation ReadObligation(string pointer, ObligationRequest? body, Faults faults) => new(
        faults.Text(pointer + "/lender", body?.Lender, 100), faults.Code(pointer + "/kind", body?.Kind, 40), Money.Read(pointer + "/outstanding", body?.Outstanding, faults),
        Money.Read(pointer + "/monthlyInstalment", body?.MonthlyInstalment, faults), faults.WholeNumber(pointer + "/daysPastDue", body?.DaysPastDue ?? 0, 0, 36_500));

    [GeneratedRegex(@"\A[A-Za-z][0-9]{8}[A-Za-z]\z")]
    private static partial Regex PersonalNumber();

    internal sealed record EnquiryRequest(string? EnquiryId, string? PersonalNumber, string? Purpose, string? ConsentReference);

    internal sealed record PersonRequest(Money? MonthlyIncome, string? EmployedSince, IReadOnlyList<ObligationRequest?>? Obligations);

    internal sealed record ObligationRequest(string? Lender, string? Kind, Money? Outstanding, Money? MonthlyInstalment, int? DaysPastDue);
}
