namespace Serverless.Banking.Network;

/// <summary>Unknown, or somebody else's.</summary>
public sealed record ContactNotFound() : NotFound("contact_not_found");

/// <summary>The contact's number belongs to no customer of the bank.</summary>
public sealed record ContactNotRegistered(ContactId Contact) : Refused("contact_not_registered");

/// <summary>A customer's own number is no contact.</summary>
public sealed record OwnContactNumber(string Field) : Invalid("own_contact_number", Field);

/// <summary>The network is full: remove contacts first.</summary>
public sealed record TooManyContacts(int Most) : Refused("too_many_contacts");

/// <summary>Not a phone number.</summary>
public sealed record PhoneNumberMalformed(string Field) : Invalid("phone_number_malformed", Field);
