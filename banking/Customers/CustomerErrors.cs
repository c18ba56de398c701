namespace Serverless.Banking.Customers;

/// <summary>A customer number has nine digits.</summary>
public sealed record CustomerNumberMalformed(string Field) : Invalid("customer_number_malformed", Field);

/// <summary>Another customer has this phone number.</summary>
public sealed record PhoneTaken() : Conflict("phone_taken");

/// <summary>Another customer has this personal number.</summary>
public sealed record PersonalNumberTaken() : Conflict("personal_number_taken");
