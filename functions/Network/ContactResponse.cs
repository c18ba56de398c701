using System.ComponentModel;
using Serverless.Banking;
using Serverless.Banking.Network;

namespace Serverless.Functions.Network;

[Description("A person in the customer's network.")]
public sealed record ContactResponse(
    Guid Id,
    [property: Description("As the customer wrote it.")] string Name,
    [property: Description("E.164.")] string Phone,
    [property: Description("Null when the contact has no picture or does not allow its use.")] string? PictureUrl,
    [property: Description("Whether the number belongs to a customer of the bank.")] bool IsRegistered,
    [property: Description("Whether this contact may send the customer money requests.")] RequestPermission Requests,
    [property: Description("What can be done with the contact now.")] IReadOnlyList<ContactAction> Actions,
    [property: Description("Why nothing can be done; null when something can.")] NoActionsReason? NoActions)
{
    public static ContactResponse From(Contact contact, Uri? picture) => new(
        contact.Id.Value, contact.Name, contact.Phone.Value, picture?.ToString(), contact.IsRegistered, contact.Requests,
        contact.IsRegistered ? [ContactAction.SendMoney, ContactAction.AskForMoney] : [],
        contact.IsRegistered ? null : NoActionsReason.NotRegistered);
}

public enum NoActionsReason
{
    /// <summary>The number is not registered with the bank.</summary>
    NotRegistered,
}

public enum ContactAction
{
    /// <summary>A transfer to the contact's phone number.</summary>
    SendMoney,

    /// <summary>A money request.</summary>
    AskForMoney,
}

internal static class ContactAnswers
{
    public static async Task<ContactResponse> ToResponseAsync(this Contact contact, IProfilePictures pictures, CancellationToken cancellation) =>
        ContactResponse.From(contact, contact.IsRegistered ? await pictures.FindAsync(contact.Phone, cancellation) : null);

    public static async Task<IReadOnlyList<ContactResponse>> ToResponsesAsync(
        this IEnumerable<Contact> contacts, IProfilePictures pictures, CancellationToken cancellation) =>
        await Task.WhenAll(contacts.Select(contact => contact.ToResponseAsync(pictures, cancellation)));

    public static async Task<Result<ContactResponse>> ToResponseAsync(
        this Task<Result<Contact>> found, IProfilePictures pictures, CancellationToken cancellation)
    {
        var contact = await found;
        return contact.IsSuccess ? await contact.Value.ToResponseAsync(pictures, cancellation) : contact.Error;
    }
}
