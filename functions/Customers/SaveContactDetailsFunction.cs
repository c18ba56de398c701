using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Customers;
using Serverless.Functions.Http;

namespace Serverless.Functions.Customers;

/// <summary>The branch registers where a customer is reached.</summary>
public sealed class SaveContactDetailsFunction(SaveContactDetails save)
{
    [Function("Customers_SaveContactDetails")]
    [Access(Right.Staff, Roles = [Role.Branch])]
    [Summary("Registers or replaces the contact details of a customer.")]
    [Body<ContactDetailsDto>]
    [Answers<ContactDetailsDto>]
    [Refuses<CustomerNumberMalformed>, Refuses<PhoneTaken>, Refuses<PersonalNumberTaken>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "backoffice/v1/customers/{customerNumber}")] HttpRequest request,
        string customerNumber) =>
        request.ReadBody<ContactDetailsDto>()
            .Then(body => body.ToContact(customerNumber))
            .Then(contact => save.RunAsync(contact, request.HttpContext.RequestAborted))
            .Respond(contact => TypedResults.Ok(ContactDetailsDto.From(contact)));
}

public sealed record ContactDetailsDto(
    [property: MinLength(1), MaxLength(70), Example("Test Test")] string Name,
    [property: Example("sq"), Pattern("sq|en"), Description("The language in which the bank writes: sq or en.")] string Language,
    [property: MaxLength(200), Description("The push gateway's address of the customer's phone.")] string? PushToken = null,
    [property: MaxLength(254), Pattern(@"[^@\s]+@[^@\s]+\.[^@\s]+"), Example("test@example.com")] string? Email = null,
    [property: Pattern(@"\+[1-9][0-9]{6,14}"), Example("+355691234567"), Description("E.164; one customer's only.")] string? Phone = null,
    [property: Pattern("[A-Za-z][0-9]{8}[A-Za-z]"), Example("I05101999Q"), Description("Of the identity card; one customer's only.")] string? PersonalNumber = null,
    [property: Description("Individuals and businesses have limits of their own.")] CustomerSegment Segment = CustomerSegment.Individual)
{
    public static ContactDetailsDto From(ContactDetails contact) =>
        new(contact.Name, contact.Language.Code(), contact.PushToken, contact.Email, contact.Phone, contact.PersonalNumber, contact.Segment);

    /// <returns>Or <see cref="CustomerNumberMalformed"/>.</returns>
    public Result<ContactDetails> ToContact(string customerNumber)
    {
        if (CustomerId.Find(customerNumber) is not { } customer)
            return new CustomerNumberMalformed("customerNumber");
        return new ContactDetails(customer, Name, Languages.Find(Language) ?? default, PushToken, Email, Phone, PersonalNumber?.ToUpperInvariant()) { Segment = Segment };
    }
}
