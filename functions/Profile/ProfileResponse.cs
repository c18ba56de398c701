using System.ComponentModel;
using Serverless.Banking;
using Serverless.Banking.Profile;

namespace Serverless.Functions.Profile;

[Description("What the customer sees of himself. Only address and e-mail are changed here.")]
public sealed record ProfileResponse(
    string Name, string CustomerNumber, [property: Description("Masked; null when the bank has none.")] string? Mobile, string? Branch,
    AddressDto? Address, string? Email, PersonalBankerResponse? PersonalBanker, PhotoResponse Photo)
{
    internal static ProfileResponse From(ProfileView view, PhotoAddresses addresses) => new(
        view.Contact.Name, view.Contact.Customer.Value, PhoneNumber.Find(view.Contact.Phone) is { } phone ? phone.ToString() : null, view.Relationship.Branch,
        view.Profile.Address is { } address ? AddressDto.From(address) : null, view.Contact.Email,
        view.Relationship.Banker is { } banker ? PersonalBankerResponse.From(view.Contact.Customer, banker, addresses) : null,
        PhotoResponse.From(view.Contact.Customer, view.Profile, addresses));
}

[Description("The picture that stands for the customer.")]
public sealed record PhotoResponse(
    [property: Description("For some minutes, or an avatar's; null for none.")] string? Url, PhotoOrigin? Origin, string? AvatarId,
    [property: Description("Whether those see it who have saved the customer.")] bool ShownToOthers)
{
    internal static PhotoResponse From(CustomerId customer, CustomerProfile profile, PhotoAddresses addresses) =>
        new(addresses.Of(customer, profile), profile.Origin, profile.AvatarId, profile.ShowsPhoto);
}

public sealed record PersonalBankerResponse(string Name, string Phone, string Email, string? PhotoUrl)
{
    internal static PersonalBankerResponse From(CustomerId customer, PersonalBanker banker, PhotoAddresses addresses) =>
        new(banker.Name, banker.Phone, banker.Email, banker.PhotoId is { } photo ? addresses.OfPhoto(customer, photo) : null);
}
