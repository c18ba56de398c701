using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Serverless.Banking.Profile;
using Serverless.Functions.Http;

namespace Serverless.Functions.Profile;

[Description("The main residence: letters, digits, spaces, slashes, full stops and commas.")]
public sealed record AddressDto(
    [property: MaxLength(ResidenceAddress.RowAtMost), Description("Street, number of the building, of the entrance or apartment."), Example("Rruga e Kavajës 12, Hyrja 3")] string Street,
    [property: MaxLength(ResidenceAddress.RowAtMost), Example("Njësia 7")] string AdministrativeUnit,
    [property: MaxLength(ResidenceAddress.RowAtMost), Example("Shqipëri")] string State,
    [property: MaxLength(ResidenceAddress.RowAtMost), Example("Tiranë")] string City,
    [property: MaxLength(ResidenceAddress.RowAtMost), Example("1001")] string PostalCode)
{
    public static AddressDto From(ResidenceAddress address) => new(address.Street, address.AdministrativeUnit, address.State, address.City, address.PostalCode);

    public ResidenceAddress ToAddress() => new(Street, AdministrativeUnit, State, City, PostalCode);
}
