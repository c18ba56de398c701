using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Confirmations;
using Serverless.Banking.Transfers;
using Serverless.Functions.Http;

namespace Serverless.Functions.Transfers;

public sealed class AddBeneficiaryFunction(AddBeneficiary add)
{
    [Function("Beneficiaries_Add")]
    [Access(Right.Payment)]
    [Idempotent]
    [Confirmed("beneficiary_registration")]
    [Summary("Registers a payee by an IBAN, or by an account number of this bank.")]
    [Body<AddBeneficiaryRequest>]
    [Answers<BeneficiaryResponse>(201)]
    [Refuses<IbanInvalid>, Refuses<BeneficiaryAccountUnknown>, Refuses<BeneficiaryExists>, Refuses<IdempotencyKeyReused>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/beneficiaries")] HttpRequest request) =>
        request.ReadBody<AddBeneficiaryRequest>()
            .Confirm(request, body => ConfirmationFacts.Of("beneficiary_registration", null, body.FirstName, body.LastName, body.Account))
            .Then(body => add.RunAsync(body.ToNew(request), request.HttpContext.RequestAborted))
            .Respond(one => TypedResults.Created($"/api/v1/beneficiaries/{one.Id.Value}", BeneficiaryResponse.From(one)));
}

public sealed record AddBeneficiaryRequest(
    [property: MaxLength(70), Example("Besa")] string FirstName,
    [property: MaxLength(69), Example("Kola")] string LastName,
    [property: MaxLength(60), Description("IBAN, or account number of this bank."), Example("AL47212110090000000235698741")] string Account,
    [property: MaxLength(40), Description("What the customer calls it.")] string? Alias = null)
{
    public NewBeneficiary ToNew(HttpRequest request) => new(
        request.Customer(), request.IdempotencyKey(), request.BodyHash(), Alias?.Trim(), $"{FirstName.Trim()} {LastName.Trim()}", Account, null);
}

public sealed class AddBeneficiaryAbroadFunction(AddBeneficiary add)
{
    [Function("Beneficiaries_AddAbroad")]
    [Access(Right.Payment)]
    [Idempotent]
    [Confirmed("beneficiary_registration")]
    [Summary("Registers a payee at a bank abroad that is described by name.",
        Details = "The bank's name and address are asked at the first transfer, and kept with the beneficiary.")]
    [Body<AddBeneficiaryAbroadRequest>]
    [Answers<BeneficiaryResponse>(201)]
    [Refuses<CountryUnknown>, Refuses<BeneficiaryExists>, Refuses<IdempotencyKeyReused>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/beneficiaries/abroad")] HttpRequest request) =>
        request.ReadBody<AddBeneficiaryAbroadRequest>()
            .Confirm(request, body => ConfirmationFacts.Of("beneficiary_registration", null, body.FirstName, body.LastName, body.Account, body.Country))
            .Then(body => add.RunAsync(body.ToNew(request), request.HttpContext.RequestAborted))
            .Respond(one => TypedResults.Created($"/api/v1/beneficiaries/{one.Id.Value}", BeneficiaryResponse.From(one)));
}

public sealed record AddBeneficiaryAbroadRequest(
    [property: MaxLength(70), Example("John")] string FirstName,
    [property: MaxLength(69), Example("Smith")] string LastName,
    [property: Pattern("[A-Za-z0-9 ]{1,40}"), Description("IBAN, or account number at that bank."), Example("000123456789")] string Account,
    [property: Pattern("[A-Z]{2}"), Description("ISO 3166-1 alpha-2, of the list of countries; not AL."), Example("US")] string Country,
    [property: MaxLength(40), Description("What the customer calls it.")] string? Alias = null)
{
    public NewBeneficiary ToNew(HttpRequest request) => new(
        request.Customer(), request.IdempotencyKey(), request.BodyHash(), Alias?.Trim(), $"{FirstName.Trim()} {LastName.Trim()}", Account, Country);
}
