using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Accounts;
using Serverless.Banking.Customers;
using Serverless.Banking.Network;
using Serverless.Banking.Partners;
using Serverless.Banking.Profile;
using Serverless.Functions.Audit;
using Serverless.Functions.Http;

namespace Serverless.Functions.Profile;

public sealed class SaveRelationshipFunction(SaveRelationship save, PhotoAddresses addresses)
{
    [Function("Profile_SaveRelationship")]
    [Access(Right.Staff, Roles = [Role.Branch])]
    [Summary("Says to which branch a customer belongs and who looks after him.")]
    [Body<RelationshipRequest>(MaxBytes = UploadPhotoFunction.BodyBytesAtMost)]
    [Answers<RelationshipResponse>]
    [Refuses<CustomerNumberMalformed>, Refuses<EmailInvalid>, Refuses<PhoneNumberMalformed>, Refuses<ImageTooLarge>, Refuses<ImageType>, Refuses<ImageDimensions>]
    [Refuses<ScannerUnavailable>, Refuses<ImageMalicious>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "backoffice/v1/customers/{customerNumber}/relationship")] HttpRequest request, string customerNumber) =>
        request.ReadBody<RelationshipRequest>()
            .Then(body => body.ToCommand(customerNumber))
            .Then(async wanted => (await save.RunAsync(
                wanted.Customer, wanted.Relationship, wanted.Photo, "/personalBanker/photo", request.StaffActor(), request.HttpContext.RequestAborted))
                .Then(saved => RelationshipResponse.From(wanted.Customer, saved, addresses)))
            .Respond(TypedResults.Ok);
}

public sealed record RelationshipRequest([property: MaxLength(70), Example("Dega Qendër")] string? Branch = null, PersonalBankerRequest? PersonalBanker = null)
{
    internal Result<(CustomerId Customer, Relationship Relationship, byte[]? Photo)> ToCommand(string number)
    {
        var input = new Input();
        input.Check(CustomerId.Find(number) is not null, () => new CustomerNumberMalformed("customerNumber"));
        byte[]? photo = null;
        PersonalBanker? banker = null;
        if (PersonalBanker is { } wanted)
        {
            input.Check(EmailAddress.IsGood(wanted.Email), () => new EmailInvalid("/personalBanker/email"));
            input.Check(PhoneNumber.Find(wanted.Phone) is not null, () => new PhoneNumberMalformed("/personalBanker/phone"));
            photo = wanted.Photo is null ? null : input.Take(UploadPhotoFunction.Decode(wanted.Photo, "/personalBanker/photo"));
            banker = new PersonalBanker(wanted.Name, wanted.Phone, wanted.Email, null);
        }

        return input.Result(() => (CustomerId.Of(number), new Relationship(Branch, banker), photo));
    }
}

public sealed record PersonalBankerRequest(
    [property: MaxLength(70), Example("Drita Kola")] string Name, [property: MaxLength(40), Example("+35542274567")] string Phone,
    [property: MaxLength(EmailAddress.LengthAtMost), Example("drita.kola@bank.al")] string Email,
    [property: MaxLength(UploadPhotoFunction.TextAtMost), Description("As the customer's own; null for none.")] string? Photo = null);

public sealed record RelationshipResponse(string? Branch, PersonalBankerResponse? PersonalBanker)
{
    internal static RelationshipResponse From(CustomerId customer, Relationship relationship, PhotoAddresses addresses) =>
        new(relationship.Branch, relationship.Banker is { } banker ? PersonalBankerResponse.From(customer, banker, addresses) : null);
}
